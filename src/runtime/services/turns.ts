import type { QuestionRequest } from '../../commands/command.ts';
import type { Requester, TurnsService, TurnView } from '../../commands/services.ts';
import type { Ledger, RecordedAsk, TurnRecord } from '../../ledger/ledger.ts';
import type { Views } from '../views.ts';

export interface TurnsOptions {
  readonly ledger: Ledger;
  readonly views: Views;
  requestOf(turn: TurnRecord): QuestionRequest;
  stop(turn: TurnRecord, by: string): Promise<void>;
  signalled(): void;
}

/** Open turns as commands see and change them: of every process on the data directory, as far as the requester may. */
export function createTurnsService(options: TurnsOptions): TurnsService {
  const { ledger } = options;

  function open(requester: Requester, conversation: string): readonly TurnView[] {
    const alive = new Set(
      ledger
        .instances()
        .filter((instance) => instance.alive)
        .map((instance) => instance.id),
    );
    const questions = ledger
      .open()
      .filter((turn) => turn.kind === 'question' && isVisible(turn, requester, conversation));
    return questions.map((turn) => viewOf(turn, questions, alive, options));
  }

  return {
    open,
    record: (turnId) => ledger.turn(turnId),
    last: (conversation) => ledger.conversation(conversation, 1)[0] ?? null,
    requestOf: options.requestOf,
    async stop(turnId, by) {
      const turn = ledger.turn(turnId);
      if (turn !== null) await options.stop(turn, by);
    },
    stopAgent(turnId, agent, by) {
      ledger.signal(turnId, { kind: 'stop-agent', agent, by });
      options.signalled();
    },
    move: (turnId, position) => ledger.move(turnId, position),
    hold: (turnId, held) => ledger.holdTurn(turnId, held),
    instances: () =>
      ledger
        .instances()
        .filter((instance) => instance.alive)
        .map(({ id, pid, since, role }) => ({ id, pid, since, role })),
  };
}

/** This conversation, this channel, and public channels of the same workspace; all of it on the terminal. */
function isVisible({ message }: TurnRecord, { place }: Requester, conversation: string): boolean {
  if (place.surface === 'terminal' || message.conversation === conversation) return true;
  if (message.place.surface !== place.surface || message.place.workspace !== place.workspace) return false;
  return message.place.channel === place.channel || !(message.place.private || message.place.direct);
}

function viewOf(
  turn: TurnRecord,
  questions: readonly TurnRecord[],
  alive: ReadonlySet<string>,
  { ledger, views }: TurnsOptions,
): TurnView {
  const abandoned = turn.instance === null || !alive.has(turn.instance);
  const line = questions.filter((other) => other.message.conversation === turn.message.conversation);
  const ahead = line.findIndex((other) => other.id === turn.id);
  const state = abandoned ? 'abandoned' : turn.state === 'running' ? 'running' : turn.held ? 'held' : 'waiting';
  const reasons: Readonly<Record<typeof state, string | null>> = {
    running: null,
    held: 'held until it is released (/queue hold TURN --release)',
    abandoned: 'its process died: the next one in its conversation, or tutti resume, takes it up',
    waiting: ahead > 0 ? `waits for ${ahead} before it` : 'is about to begin',
  };
  return {
    turnId: turn.id,
    conversation: turn.message.conversation,
    question: turn.message.text,
    state,
    reason: reasons[state],
    by: turn.message.author.name,
    since: turn.startedAt ?? turn.acceptedAt,
    asks: views.asks(turn.id) ?? ledger.rounds(turn.id).flatMap((round) => round.asks.map(recordedView)),
  };
}

function recordedView(ask: RecordedAsk): TurnView['asks'][number] {
  return {
    agent: ask.agent,
    status: ask.outcome?.result.status ?? ask.state,
    activity: null,
    durationMs: ask.outcome?.result.durationMs ?? null,
  };
}
