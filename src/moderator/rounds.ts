import { clean } from '../clean.ts';
import { createMask, type Secret } from '../mask.ts';
import { addUsage } from '../usage.ts';
import { checkCitations } from './citations.ts';
import { answeredAsks } from './compose.ts';
import { finishTurn, settleBroken, settleReply, settleStopped } from './finish.ts';
import { conclude, decide, isFailure } from './mind-call.ts';
import type {
  Answer,
  AnsweredAsk,
  DecidedAsk,
  Mind,
  MindFailure,
  Moderator,
  ModeratorPort,
  Question,
  RecordedProgress,
  Round,
} from './moderator.ts';
import { runRound } from './round.ts';
import { allRounds, boundReached, type ModeratedTurn, outerBound, type ReachedBound } from './turn.ts';

export interface ModeratorDependencies {
  /** Chosen when first needed: the direct path needs none. A rejection counts as a mind that failed. */
  mind(): Promise<Mind>;
  /** Masked in all that the mind writes, and in the lines of files that are quoted as sources. */
  readonly secrets: readonly Secret[];
  /** A word that nobody can guess; a new one at each call. */
  random(): string;
}

/** The moderator: takes a question through its rounds to one answer. It holds no state between questions. */
export function createModerator(dependencies: ModeratorDependencies): Moderator {
  return {
    async answer(question, port) {
      const turn = openTurn(question, port, dependencies);
      const resumed = await resumeRounds(turn);
      if (resumed !== null) return settleReply(turn, resumed);
      return question.direct === null ? moderate(turn) : askDirectly(turn, question.direct);
    },
  };
}

function openTurn(question: Question, port: ModeratorPort, dependencies: ModeratorDependencies): ModeratedTurn {
  const carried = port.recorded.filter((round) => round.carried).map(finishedPart);
  const mask = createMask(dependencies.secrets);
  return {
    question,
    port,
    secrets: dependencies.secrets,
    safe: (text) => mask(clean(text)),
    boundary: dependencies.random(),
    random: dependencies.random,
    mind: dependencies.mind,
    citations: (markdown, context) => checkCitations(markdown, { ...context, mask }),
    carried: carried.filter((round) => round.asks.length > 0),
    own: [],
    agentUsage: null,
    mindUsage: null,
    shownCall: null,
  };
}

function finishedPart(round: RecordedProgress): Round {
  const asks = round.asks.flatMap(({ outcome, ...ask }) => (outcome === null ? [] : [{ ...ask, outcome }]));
  return { number: round.number, reason: round.reason, asks };
}

/** Finishes the rounds recorded before a crash, or begins with what `/retry` repeats. Returns a reply that already is the answer. */
async function resumeRounds(turn: ModeratedTurn): Promise<AnsweredAsk | null> {
  const recorded = turn.port.recorded.filter((round) => !round.carried);
  for (const round of recorded) await run(turn, round);
  if (recorded.length === 0 && turn.question.repeat !== 'none' && turn.question.direct === null) {
    const asks = repeatedAsks(turn);
    if (asks.length > 0) await plan(turn, 'to repeat what failed', asks);
  }
  return finalReply(turn);
}

/** The last ask of each agent in the carried rounds that has no answer. */
function repeatedAsks(turn: ModeratedTurn): readonly DecidedAsk[] {
  const { repeat, roster } = turn.question;
  const last = new Map<string, RecordedProgress['asks'][number]>();
  for (const round of turn.port.recorded) for (const ask of round.asks) last.set(ask.agent, ask);
  const wanted = [...last.values()].filter(
    (ask) =>
      ask.outcome?.result.status !== 'answered' &&
      roster.some((entry) => entry.name === ask.agent) &&
      (typeof repeat === 'string' || repeat.includes(ask.agent)),
  );
  return wanted.map(({ agent, prompt, after, final }) => ({
    agent,
    prompt,
    after,
    final: final && wanted.length === 1,
  }));
}

async function plan(turn: ModeratedTurn, reason: string | null, asks: readonly DecidedAsk[]): Promise<void> {
  const { port } = turn;
  const number = 1 + Math.max(0, ...[...port.recorded, ...turn.own].map((round) => round.number));
  const planned = asks.map((ask) => ({ id: port.newAskId(), access: port.accessOf(ask.agent), ...ask }));
  port.decided({ number, reason, asks: planned });
  port.progress({ type: 'decision', round: number, next: 'ask', reason, agents: asks.map((ask) => ask.agent) });
  await run(turn, { number, reason, asks: planned.map((ask) => ({ ...ask, outcome: null })) });
}

async function run(turn: ModeratedTurn, round: Omit<RecordedProgress, 'carried'>): Promise<void> {
  const finished = await runRound(round, {
    question: turn.question,
    port: turn.port,
    carried: turn.carried,
    own: turn.own,
    bound: () => outerBound(turn)?.reason ?? null,
    ended(ask) {
      turn.agentUsage = addUsage(turn.agentUsage, ask.outcome.result.usage);
    },
    random: turn.random,
  });
  turn.own = [...turn.own, finished];
}

/** The reply that is the answer as it stands: of a single `final` ask in the last round of this turn. */
function finalReply(turn: ModeratedTurn): AnsweredAsk | null {
  const asks = turn.own.at(-1)?.asks ?? [];
  const [only] = asks;
  return asks.length === 1 && only?.final === true && only.outcome.result.status === 'answered' ? only : null;
}

/** The direct path: one agent, no mind; its reply is the answer, its failure the turn's. */
async function askDirectly(turn: ModeratedTurn, agent: string): Promise<Answer> {
  if (turn.own.length === 0) await plan(turn, null, [{ agent, prompt: turn.question.text, after: [], final: true }]);
  const [ask] = turn.own.at(-1)?.asks ?? [];
  if (ask === undefined) throw new Error(`The recorded round of ${turn.question.turnId} is empty.`);
  return turn.port.signal.aborted ? settleStopped(turn) : settleReply(turn, ask);
}

async function moderate(turn: ModeratedTurn): Promise<Answer> {
  for (;;) {
    if (turn.port.signal.aborted) return settleStopped(turn);
    const bound = boundReached(turn);
    if (bound !== null) return concludeAt(turn, bound);
    const decision = await decide(turn);
    if (turn.port.signal.aborted) return settleStopped(turn);
    if (isFailure(decision)) return afterFailure(turn, decision);
    if (decision.next === 'ask') {
      await plan(turn, decision.reason === '' ? null : decision.reason, decision.asks);
      const reply = finalReply(turn);
      if (reply !== null) return settleReply(turn, reply);
    } else {
      return finishTurn(turn, decision, { phase: 'decide', partial: null });
    }
  }
}

/** A second malformed decision still leaves "answer with what you have"; any other failure leaves the replies themselves. */
async function afterFailure(turn: ModeratedTurn, failure: MindFailure): Promise<Answer> {
  if (failure.repair === undefined || answeredAsks(allRounds(turn)).length === 0) {
    return settleBroken(turn, failure, null);
  }
  const reason = 'the moderator decided nothing that could be read';
  return concludeAt(turn, { kind: 'other', reason, conclude: true });
}

/** Where nobody was asked yet, there is nothing to conclude from, and a mind would only add to what is used up. */
async function concludeAt(turn: ModeratedTurn, bound: ReachedBound): Promise<Answer> {
  if (!bound.conclude || allRounds(turn).length === 0) return settleBroken(turn, null, bound);
  const conclusion = await conclude(turn);
  if (turn.port.signal.aborted) return settleStopped(turn);
  if (isFailure(conclusion)) return settleBroken(turn, conclusion, bound);
  return finishTurn(turn, conclusion, { phase: 'conclude', partial: bound.reason });
}
