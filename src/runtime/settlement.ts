import type { Button, OutboxPart, TurnResult, TurnStatus } from '../adapters/adapter.ts';
import type { UserError } from '../errors.ts';
import type { TurnRecord } from '../ledger/ledger.ts';
import type { Answer } from '../moderator/moderator.ts';

export type NewPart = Omit<OutboxPart, 'again'>;

/** How a turn ends: what is recorded of it, and what is said. */
export interface Settlement {
  readonly result: TurnResult;
  readonly parts: readonly NewPart[];
}

const exits: Readonly<Record<TurnStatus, number>> = {
  answered: 0,
  partial: 3,
  clarify: 3,
  failed: 1,
  stopped: 130,
  'timed-out': 5,
};

/** The process exit that stands for a turn's state on a command line (design section 7). */
export function exitOf(status: TurnStatus): number {
  return exits[status];
}

const nothing = {
  answer: null,
  partial: false,
  rounds: [],
  citations: [],
  disagreements: [],
  unanswered: [],
  usage: null,
} as const;

/** A result without any work behind it: refused, stopped while it waited, broken before it began. */
export function emptyResult(turn: TurnRecord, question: string, status: TurnStatus, reason: string | null): TurnResult {
  return { turnId: turn.id, conversation: turn.message.conversation, status, reason, question, ...nothing };
}

export function resultOf(turn: TurnRecord, question: string, answer: Answer): TurnResult {
  const { markdown, failures: _failures, mindUsage: _mind, ...rest } = answer;
  return { turnId: turn.id, conversation: turn.message.conversation, question, answer: markdown, ...rest };
}

/** One part that says how the turn ended. Every state has words: an answer, a question, or the reason. */
export function settle(
  result: TurnResult,
  options: {
    readonly partId: string;
    readonly footer: string | null;
    readonly data: unknown;
    /** See `OutboxPart.failures`. */
    readonly failures?: string | null;
    readonly buttons?: readonly Button[];
  },
): Settlement {
  const part: NewPart = {
    id: options.partId,
    turnId: result.turnId,
    position: 0,
    kind: 'answer',
    markdown: result.answer ?? sentenceOf(result),
    ...(options.failures == null ? {} : { failures: options.failures }),
    ...(options.buttons === undefined || options.buttons.length === 0 ? {} : { buttons: options.buttons }),
    footer: options.footer,
    data: options.data,
    exit: exitOf(result.status),
  };
  return { result, parts: [part] };
}

/** A turn that could not be run as it was asked: the error, in the form that scripts read. */
export function settleError(turn: TurnRecord, question: string, error: UserError, partId: string): Settlement {
  const result = emptyResult(turn, question, 'failed', error.message);
  return { result, parts: [errorPart(turn.id, error, partId)] };
}

/** How a command, or a button, ended. */
export function commandResult(turn: TurnRecord, part: NewPart): TurnResult {
  const question = turn.message.text;
  if (part.kind === 'error') return emptyResult(turn, question, 'failed', part.markdown);
  return { ...emptyResult(turn, question, 'answered', null), answer: part.markdown };
}

export function errorPart(turnId: string, error: UserError, partId: string): NewPart {
  const { code, message, hint } = error;
  return {
    id: partId,
    turnId,
    position: 0,
    kind: 'error',
    markdown: hint === null ? message : `${message} ${hint}`,
    footer: null,
    data: { error: { code, message, hint } },
    exit: error.exit,
  };
}

function sentenceOf(result: TurnResult): string {
  const reason = result.reason ?? 'no reason was given';
  switch (result.status) {
    case 'stopped':
      return `Stopped: ${reason}`;
    case 'timed-out':
      return `Out of time: ${reason}`;
    default:
      return reason;
  }
}
