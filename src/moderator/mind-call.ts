import { clean } from '../clean.ts';
import { messageOf, UserError } from '../errors.ts';
import { createStreamMask } from '../mask.ts';
import { addUsage, type Usage } from '../usage.ts';
import { mindCallLimit } from './budget.ts';
import type { Conclusion, Decision, Mind, MindCall, MindFailure, MindRepair } from './moderator.ts';
import type { MindPhase } from './prompts.ts';
import { safeDecision } from './safe-decision.ts';
import { allRounds, asksLeft, type ModeratedTurn, roundsLeft, usageOf } from './turn.ts';

interface Called<D extends Decision> {
  readonly decision: D | MindFailure;
  readonly usage: Usage | null;
}

/** Asks the mind what comes next; a malformed object gets one repair. A failure is a value, also when the mind cannot be made or throws. */
export function decide(turn: ModeratedTurn): Promise<Decision | MindFailure> {
  return withRepair(turn, (mind, call) => mind.decide(turn.question, allRounds(turn), call));
}

/** Answer with what there is; likewise with one repair. */
export function conclude(turn: ModeratedTurn): Promise<Conclusion | MindFailure> {
  return withRepair(turn, (mind, call) => mind.conclude(turn.question, allRounds(turn), call));
}

/** The one call in which the mind may mend citations that failed; anything but an answer leaves the first one standing. */
export function mendAnswer(turn: ModeratedTurn, phase: MindPhase, repair: MindRepair): Promise<Decision | MindFailure> {
  const rounds = allRounds(turn);
  return callMind<Decision>(turn, repair, (mind, call) =>
    phase === 'decide' ? mind.decide(turn.question, rounds, call) : mind.conclude(turn.question, rounds, call),
  );
}

type Ask<D extends Decision> = (mind: Mind, call: MindCall) => Promise<Called<D>>;

async function withRepair<D extends Decision>(turn: ModeratedTurn, ask: Ask<D>): Promise<D | MindFailure> {
  const first = await callMind(turn, null, ask);
  const repair = repairOf(first);
  return repair === null ? first : callMind(turn, repair, ask);
}

function repairOf(decision: unknown): MindRepair | null {
  return isFailure(decision) ? (decision.repair ?? null) : null;
}

/** Whether a mind call came to nothing. */
export function isFailure(decision: unknown): decision is MindFailure {
  return typeof decision === 'object' && decision !== null && 'next' in decision && decision.next === 'failed';
}

async function callMind<D extends Decision>(
  turn: ModeratedTurn,
  repair: MindRepair | null,
  ask: Ask<D>,
): Promise<D | MindFailure> {
  const { port } = turn;
  const limit = mindCallLimit(port.msToEnd());
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), limit);
  const signal = AbortSignal.any([port.signal, timer.signal]);
  const call = openCall(turn, repair, signal);
  try {
    const asked = turn.mind().then((mind) => ask(mind, call.given));
    const { decision, usage } = await untilAborted(asked, signal);
    turn.mindUsage = addUsage(turn.mindUsage, usage);
    return timer.signal.aborted && isFailure(decision) ? tooLate(limit) : safeDecision(decision, turn.safe);
  } catch (error) {
    if (timer.signal.aborted) return tooLate(limit);
    const reason = port.signal.aborted ? 'cancelled' : 'crashed';
    return { next: 'failed', reason, message: turn.safe(sentence(error)) };
  } finally {
    clearTimeout(timeout);
    call.close();
  }
}

/** What one call is given, and how it is closed: its process is forgotten, what was held back of its answer is shown. */
function openCall(turn: ModeratedTurn, repair: MindRepair | null, signal: AbortSignal) {
  const { port } = turn;
  const id = port.newAskId();
  const stream = createStreamMask(turn.secrets);
  let isStarted = false;
  const show = (text: string) => {
    if (turn.shownCall === id && text !== '') port.progress({ type: 'answer_text', text });
  };
  const given: MindCall = {
    id,
    signal,
    asksLeft: asksLeft(turn),
    roundsLeft: roundsLeft(turn),
    usdLeft: port.usdLeft(usageOf(turn)),
    boundary: turn.boundary,
    repair,
    started(process) {
      isStarted = true;
      port.mindStarted(id, process);
    },
    onText(piece) {
      turn.shownCall ??= id;
      show(stream.push(clean(piece)));
    },
  };
  return {
    given,
    close() {
      show(stream.end());
      if (isStarted) port.mindEnded(id);
    },
  };
}

function sentence(error: unknown): string {
  const hint = error instanceof UserError ? error.hint : null;
  return hint === null ? messageOf(error) : `${messageOf(error)} ${hint}`;
}

function tooLate(limit: number): MindFailure {
  return { next: 'failed', reason: 'timed-out', message: `no decision within ${Math.round(limit / 1000)} s` };
}

/** A mind that does not heed its signal must not keep the turn: after the abort it has a moment to end its process, then it is left. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  let grace: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => {
    grace = setTimeout(() => reject(new Error('the call was ended')), 10_000);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  }
}
