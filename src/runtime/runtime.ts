import type {
  AdapterHost,
  ChatAdapter,
  CommandSpec,
  InboundMessage,
  Revision,
  TurnEvent,
} from '../adapters/adapter.ts';
import type { Command, ImmediateCommand } from '../commands/command.ts';
import type { Adopted, Ledger, TurnRecord } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { asUserError, type CommandRunner } from './commands.ts';
import type { Delivery } from './deliver.ts';
import { interruptionOf } from './interruption.ts';
import type { Questions } from './questions.ts';
import { createReceive, type ReceiveDependencies } from './receive.ts';
import { createRevise } from './revise.ts';
import { createScheduler, type Scheduler, type TurnControl } from './scheduler.ts';
import { emptyResult, type Settlement, settle, settleError } from './settlement.ts';
import type { Specs } from './specs.ts';
import type { Steps } from './steps.ts';
import type { Views } from './views.ts';

export interface RuntimeDependencies {
  readonly ledger: Ledger;
  readonly steps: Steps;
  readonly log: Log;
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  readonly commands: readonly Command[];
  readonly questions: Questions;
  readonly commandRunner: CommandRunner;
  readonly delivery: Delivery;
  readonly views: Views;
  readonly specs: Pick<Specs, 'take' | 'settle'>;
  readonly receiving: Pick<ReceiveDependencies, 'rights' | 'rateLimit' | 'queuePerConversation'>;
  complete: AdapterHost['complete'];
  /** Ends provider processes that dead instances left. */
  endOrphans(orphans: Adopted['orphans']): Promise<void>;
  safe(text: string): string;
  newId(): string;
  readonly watchMs: number;
}

/** One message in, one terminal state out: accept → authorise → record → acknowledge → queue → run → settle → outbox. */
export interface Runtime {
  readonly host: AdapterHost;
  /** Turns that run in this process. */
  readonly running: ReadonlySet<string>;
  /** Looks at signals at once: one was just written by this process. */
  signalled(): void;
  /** Takes over what dead processes left, of the turns that are wanted, in order; their answers come through the surfaces. */
  adopt(wants: (turn: TurnRecord) => boolean): Promise<readonly TurnRecord[]>;
  /** A message was edited or deleted by its author. */
  revise(revision: Revision): Promise<void>;
  /** Stops a turn, also one that waits, and one that nobody alive owns. */
  stop(turn: TurnRecord, by: string): Promise<void>;
  /** Resolves when nothing waits, runs or is being delivered. */
  idle(): Promise<void>;
  /** Accepts nothing more, gives what runs `graceMs`, and leaves the rest for the next start. */
  close(graceMs: number): Promise<void>;
}

export function createRuntime(dependencies: RuntimeDependencies): Runtime {
  const { ledger, log } = dependencies;
  const scheduler: Scheduler = createScheduler({
    ledger,
    log,
    watchMs: dependencies.watchMs,
    flush: () => void dependencies.steps.flush(),
    run: (turn, control) => runTurn(turn, control, dependencies),
    drop: (turn, by) => finish(turn, settleStopped(turn, by, dependencies), dependencies),
    queued: (turn, position) =>
      progress(turn.message, { type: 'queued', position, reason: queueReason(position) }, dependencies),
  });

  const receive = createReceive({
    ...dependencies.receiving,
    specs: dependencies.specs,
    ledger,
    commands: dependencies.commands,
    check: (message) => dependencies.questions.check(message),
    safe: dependencies.safe,
    newId: dependencies.newId,
    accepted(turn) {
      progress(
        turn.message,
        { type: 'accepted', turnId: turn.id, conversation: turn.message.conversation },
        dependencies,
      );
      scheduler.add(turn);
    },
    lookUp: (command, message, turnId) => void lookUp(command, message, turnId, dependencies),
  });

  async function adopt(wants: (turn: TurnRecord) => boolean): Promise<readonly TurnRecord[]> {
    const { turns, orphans } = ledger.adopt(wants);
    await dependencies.endOrphans(orphans);
    for (const turn of turns) {
      if (turn.state === 'settled') scheduler.track(dependencies.delivery.deliver(turn.id));
      else scheduler.add(turn);
    }
    return turns;
  }

  async function stop(turn: TurnRecord, by: string): Promise<void> {
    // Nobody hears a signal to a turn whose owner is dead.
    await adopt((abandoned) => abandoned.id === turn.id);
    ledger.signal(turn.id, { kind: 'stop', by });
    scheduler.signalled();
  }

  return {
    host: { commands: dependencies.commands.map(specOf), receive, complete: dependencies.complete },
    get running() {
      return scheduler.running;
    },
    signalled: scheduler.signalled,
    adopt,
    stop,
    revise: createRevise({
      ledger,
      check: (message) => dependencies.questions.check(message),
      safe: dependencies.safe,
      stop,
    }),
    idle: scheduler.idle,
    close: scheduler.close,
  };
}

function specOf(command: Command): CommandSpec {
  const { name, summary, right, args, subcommands, defaultSubcommand, surfaces, kind } = command;
  return {
    kind,
    name,
    summary,
    right,
    args,
    subcommands,
    ...(defaultSubcommand === undefined ? {} : { defaultSubcommand }),
    ...(surfaces === undefined ? {} : { surfaces }),
  };
}

function queueReason(position: number): string {
  return position === 1 ? 'waits for the question before it' : `waits for ${position} questions before it`;
}

async function runTurn(turn: TurnRecord, control: TurnControl, dependencies: RuntimeDependencies): Promise<void> {
  const { log, views } = dependencies;
  try {
    const settlement = await settlementOf(turn, control, dependencies);
    if (settlement !== null) await finish(turn, settlement, dependencies, control.settled);
  } catch (error) {
    log.error('a turn could not be settled', { turn: turn.id, error });
  } finally {
    views.forget(turn.id);
  }
}

/** Null where the program ends before the turn does: then it stays as it is, for the next start. */
async function settlementOf(
  turn: TurnRecord,
  control: TurnControl,
  dependencies: RuntimeDependencies,
): Promise<Settlement | null> {
  const { commandRunner, questions, specs, views, log, newId } = dependencies;
  try {
    if (turn.kind === 'command')
      return await (turn.message.command === undefined
        ? specs.settle(turn)
        : commandRunner.settle(turn, control.signal));
    return await questions.run(turn, control, (event) => {
      views.observe(turn.id, event);
      progress(turn.message, event, dependencies);
    });
  } catch (error) {
    const interruption = interruptionOf(control.signal);
    if (interruption?.kind === 'shutdown') return null;
    if (interruption?.kind === 'stop') return settleStopped(turn, interruption.by, dependencies);
    return settleError(turn, turn.message.text, asUserError(error, 'Answering', log), newId());
  }
}

function settleStopped(turn: TurnRecord, by: string, { newId }: RuntimeDependencies): Settlement {
  const result = emptyResult(turn, turn.message.text, 'stopped', `by ${by}`);
  return settle(result, { partId: newId(), footer: null, data: result });
}

/** Settle and deliver. A full disk keeps neither the person from the answer nor, later, the ledger from the record. */
async function finish(
  turn: TurnRecord,
  settlement: Settlement,
  dependencies: RuntimeDependencies,
  settled?: () => void,
): Promise<void> {
  const { ledger, steps, delivery } = dependencies;
  if (turn.state !== 'settled') steps.record(() => ledger.settle(turn.id, settlement.result, settlement.parts));
  settled?.();
  if (steps.full === null) await delivery.deliver(turn.id);
  else
    await delivery.deliverUnrecorded(
      turn.message,
      settlement.parts.map((part) => ({ ...part, again: false })),
    );
}

async function lookUp(
  command: ImmediateCommand,
  message: InboundMessage,
  turnId: string,
  dependencies: RuntimeDependencies,
): Promise<void> {
  const part = await dependencies.commandRunner.run(command, message, turnId, new AbortController().signal);
  await dependencies.delivery.post(message, { ...part, again: false });
}

/** Progress is a courtesy: a surface that cannot show it stops nothing. */
function progress(message: InboundMessage, event: TurnEvent, { adapters, log }: RuntimeDependencies): void {
  try {
    adapters.get(message.replyTo.surface)?.reply(message.replyTo).progress(event);
  } catch (error) {
    log.warn('progress could not be shown', { error });
  }
}
