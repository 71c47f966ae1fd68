import type { AskOutcome } from '../ledger/ledger.ts';
import type { Access, ProcessIdentity, ProviderEvent } from './provider.ts';

/** One prompt to one agent. */
export interface AskRequest {
  readonly askId: string;
  readonly turnId: string;
  /** As it is addressed: `api`, or `api/feature-x` in a worktree. */
  readonly agent: string;
  readonly conversation: string;
  /** The full text for the provider. */
  readonly prompt: string;
  /** The part of it that a person reads; stands in results and history. */
  readonly words: string;
  readonly access: Access;
  /** Instead of the agent's own; null for that. */
  readonly model: string | null;
  /** The provider's own session to go on with; null for this conversation's own, or a fresh one. */
  readonly session: string | null;
  /** A session that nobody goes on with afterwards (Auto Run's tasks), whatever the conversation has. */
  readonly fresh?: boolean;
  /** The conversation so far, as data: given to a session that takes the place of a lost one. */
  readonly recent?: string | null;
  readonly attachments: readonly { readonly path: string; readonly type: string }[];
  readonly budgetUsd: number | null;
  readonly budgetTokens?: number | null;
  /** At most; the agent's own `timeout` bounds it as well. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /**
   * After a process is started and before its prompt is written; null for providers without a process. A second time only where a lost
   * session is replaced.
   */
  started(process: ProcessIdentity | null): void;
  onSession(id: string): void;
  /** Masked and clean. */
  onEvent(event: ProviderEvent): void;
}

/** What an ask came to. Failures are values: one dead agent does not end a round. */
export interface AskReply extends AskOutcome {
  /** What a person should know beside the reply. */
  readonly notices: readonly string[];
}
