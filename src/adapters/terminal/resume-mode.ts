import { clean } from '../../clean.ts';
import type { OutboxPart } from '../adapter.ts';
import { answerText } from './answer.ts';
import type { AdoptedTurn, TerminalHost } from './host.ts';
import { errorOf, lastLine, sentence } from './json.ts';
import { answerView, type Context, type Mode } from './mode.ts';
import { asUserError } from './one-command.ts';
import { reportError } from './report.ts';
import { conversationNamed } from './request.ts';
import { createStyle } from './style.ts';
import { createWaiting } from './waiting.ts';

const stopped = 130;
/** Exit codes from harmless to bad: what several turns end with is the worst of theirs. */
const bySeverity = [0, 3, 5, 4, 2, 1, stopped];

/** A part that came, and how to say that it is printed. */
interface Arrival {
  readonly part: OutboxPart;
  printed(): void;
  failed(error: unknown): void;
}

/** `tutti resume`: finishes and prints what dead processes left, in order. */
export function createResumeMode(context: Context, host: TerminalHost): Mode {
  const { output, error, request } = context;
  const done = Promise.withResolvers<number>();
  const arrivals = createWaiting<Arrival>();
  const at = () => context.now().toISOString();
  const exits: number[] = [];
  let turns: readonly AdoptedTurn[] = [];
  let interrupted = false;

  async function resume(): Promise<number> {
    turns = await host.adopt(request.conversation === null ? null : conversationNamed(request.conversation));
    const held: Arrival[] = [];
    for (const turn of turns) {
      const arrival = await arrivals.wait(turn.turnId);
      if (request.format === 'json') held.push(arrival);
      else await deliver([arrival], await shown(turn, arrival.part));
    }
    if (request.format === 'json')
      await deliver(held, `${JSON.stringify({ turns: held.map(({ part }) => part.data) })}\n`);
    if (turns.length === 0 && request.format === 'text') await error.write('Nothing was left unfinished.\n');
    return worst(exits);
  }

  /** Only what is printed counts as delivered: a kill before that prints it again. */
  async function deliver(parts: readonly Arrival[], text: string): Promise<void> {
    try {
      await output.write(text);
    } catch (problem) {
      for (const { failed } of parts) failed(problem);
      throw problem;
    }
    for (const { part, printed } of parts) {
      exits.push(part.exit);
      printed();
    }
  }

  async function shown(turn: AdoptedTurn, part: OutboxPart): Promise<string> {
    if (request.format === 'jsonl') return `${lastLine(part, at())}\n`;
    const color = context.color && output.isTerminal;
    const question = createStyle(color).bold(`› ${clean(turn.question).replace(/\n/gu, '\n  ')}`);
    const answer =
      part.kind === 'error' ? `${sentence(errorOf(part))}\n` : await answerText(part, answerView(context, host));
    return `${question}\n\n${answer}\n`;
  }

  function interrupt(): void {
    if (interrupted) host.endNow();
    if (interrupted || turns.length === 0) done.resolve(stopped);
    interrupted = true;
    for (const conversation of new Set(turns.map((turn) => turn.conversation))) {
      host.stop(conversation).catch(() => done.resolve(stopped));
    }
  }

  output.onClosed(interrupt);
  return {
    progress: () => undefined,
    post(_address, part) {
      return new Promise((resolve, reject) => {
        arrivals.settle(part.turnId, { part, printed: resolve, failed: reject });
      });
    },
    run() {
      resume().then(
        (code) => done.resolve(interrupted ? stopped : code),
        async (thrown) => {
          const problem = asUserError(thrown);
          await reportError(problem, { output, error, format: request.format, at: at() }).catch(() => undefined);
          done.resolve(problem.exit);
        },
      );
      return done.promise;
    },
    log: (line) => void error.write(line).catch(() => undefined),
    interrupt,
    terminate: interrupt,
  };
}

/** The worst of several exit codes; 0 for none. */
export function worst(exits: readonly number[]): number {
  const rank = (exit: number) => (bySeverity.includes(exit) ? bySeverity.indexOf(exit) : bySeverity.length);
  return exits.reduce((one, other) => (rank(other) > rank(one) ? other : one), 0);
}
