import type { TurnEvent } from '../adapters/adapter.ts';
import type { AskReply, AskRequest } from '../agents/ask.ts';
import type { Access } from '../agents/provider.ts';
import type { AskOutcome, Ledger, PlannedAsk, RecordedAsk, TurnRecord } from '../ledger/ledger.ts';
import { activityOf } from './activity.ts';
import type { DirectoryLocks } from './directory-locks.ts';
import { interruptionOf } from './interruption.ts';
import type { Slots } from './slots.ts';
import type { Steps } from './steps.ts';

export interface AskContext {
  readonly turn: TurnRecord;
  readonly model: string | null;
  readonly session: string | null;
  /** The conversation so far, for a session that takes the place of a lost one. */
  readonly recent: string | null;
  readonly attachments: readonly { readonly path: string; readonly type: string }[];
  readonly signal: AbortSignal;
  agentSignal(agent: string): AbortSignal;
  /** Asks that a dead process had begun, by id. */
  readonly interrupted: ReadonlyMap<string, RecordedAsk>;
  /** Absolute directory of an agent (`api`, `api/branch`). */
  directoryOf(agent: string): string;
  /** Milliseconds this ask may take. */
  msLeft(): number;
  usdLeft(): number | null;
  progress(event: TurnEvent): void;
  notice(text: string): void;
}

export interface AskDependencies {
  readonly ledger: Pick<Ledger, 'asking' | 'session' | 'answered'>;
  readonly steps: Steps;
  readonly slots: Slots;
  readonly directories: DirectoryLocks;
  ask(request: AskRequest): Promise<AskReply>;
}

const writing: ReadonlySet<Access> = new Set(['edit', 'full', 'ask']);
const interruptedNote =
  'You were interrupted while you worked on this. Before you go on, check what is already done, and do not do it twice.\n\n';

/**
 * One ask to its end: a place, the directory's write lock where it may write, the agent, and the ledger's steps around it.
 * A reading ask that a crash interrupted is asked again; a writing one only in its own session, once.
 */
export async function runAsk(
  planned: PlannedAsk,
  prompt: string,
  context: AskContext,
  dependencies: AskDependencies,
): Promise<AskOutcome> {
  const { ledger, steps } = dependencies;
  const before = context.interrupted.get(planned.id) ?? null;
  const lost = before === null ? null : whyNotAgain(planned, before);
  const outcome =
    lost === null
      ? await place(planned, prompt, before, context, dependencies)
      : refused(planned, lost, context.directoryOf(planned.agent));
  // A program that ends leaves its asks unanswered, for the next start.
  if (interruptionOf(context.signal)?.kind === 'shutdown') throw context.signal.reason;
  const recorded = before === null ? outcome : { ...outcome, result: { ...outcome.result, retried: true } };
  steps.record(() => ledger.answered(planned.id, recorded));
  return recorded;
}

function whyNotAgain(planned: PlannedAsk, before: RecordedAsk): string | null {
  if (!writing.has(planned.access)) return null;
  if (before.sessionId === null) {
    return `${planned.agent} was interrupted while it was writing, and left no session to go on in. Look at what it changed, then /retry asks it again.`;
  }
  return before.retried
    ? `${planned.agent} was interrupted twice while it was writing. Look at what it changed, then /retry asks it again.`
    : null;
}

async function place(
  planned: PlannedAsk,
  prompt: string,
  before: RecordedAsk | null,
  context: AskContext,
  dependencies: AskDependencies,
): Promise<AskOutcome> {
  const signal = context.agentSignal(planned.agent);
  const directory = context.directoryOf(planned.agent);
  const undo: (() => void)[] = [];
  try {
    if (writing.has(planned.access)) {
      undo.push(await dependencies.directories.lock(directory, context.turn.id, signal, () => waits(planned, context)));
    } else if (dependencies.directories.written(directory, context.turn.id)) {
      context.notice(`@${planned.agent} was read while another turn was writing in its directory`);
    }
    undo.push(await dependencies.slots.take(context.turn.message.conversation, 'question', signal));
    const { notices, ...outcome } = await dependencies.ask(
      request(planned, prompt, before, signal, context, dependencies),
    );
    for (const notice of notices) context.notice(notice);
    return outcome;
  } catch (error) {
    if (!signal.aborted) throw error;
    return stopped(planned, directory);
  } finally {
    for (const step of undo.toReversed()) step();
  }
}

function request(
  planned: PlannedAsk,
  prompt: string,
  before: RecordedAsk | null,
  signal: AbortSignal,
  context: AskContext,
  { ledger, steps }: AskDependencies,
): AskRequest {
  const resumes = before !== null && writing.has(planned.access);
  let tokens: number | null = null;
  return {
    askId: planned.id,
    turnId: context.turn.id,
    agent: planned.agent,
    conversation: context.turn.message.conversation,
    prompt: resumes ? `${interruptedNote}${prompt}` : prompt,
    words: planned.prompt,
    access: planned.access,
    model: context.model,
    session: resumes ? before.sessionId : context.session,
    recent: context.recent,
    attachments: context.attachments,
    budgetUsd: context.usdLeft(),
    timeoutMs: Math.max(0, Math.floor(context.msLeft())),
    signal,
    started: (process) => steps.record(() => ledger.asking(planned.id, process, planned.access)),
    onSession: (id) => steps.record(() => ledger.session(planned.id, id)),
    onEvent: (event) => {
      if (event.type === 'usage') tokens = event.inputTokens + event.outputTokens;
      const activity = activityOf(event);
      if (activity !== null) context.progress({ type: 'ask_progress', agent: planned.agent, activity, tokens });
    },
  };
}

function waits(planned: PlannedAsk, context: AskContext): void {
  context.progress({
    type: 'ask_progress',
    agent: planned.agent,
    activity: 'waits for another turn that is writing in its directory',
    tokens: null,
  });
}

function refused(planned: PlannedAsk, message: string, directory: string): AskOutcome {
  return unasked(planned, directory, 'failed', { reason: 'crashed', message, stderrTail: null });
}

function stopped(planned: PlannedAsk, directory: string): AskOutcome {
  return unasked(planned, directory, 'stopped', {
    reason: 'cancelled',
    message: 'stopped before it was asked',
    stderrTail: null,
  });
}

function unasked(
  planned: PlannedAsk,
  directory: string,
  status: 'failed' | 'stopped',
  failure: NonNullable<AskOutcome['result']['failure']>,
): AskOutcome {
  const { agent, prompt, access } = planned;
  const nothing = {
    text: null,
    truncated: false,
    sessionId: null,
    durationMs: null,
    usage: null,
    retried: false,
    late: null,
  } as const;
  return { result: { agent, prompt, access, status, failure, ...nothing }, directory, sources: [] };
}
