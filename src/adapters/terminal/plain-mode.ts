import { createInterface } from 'node:readline';
import { clean } from '../../clean.ts';
import type { UserError } from '../../errors.ts';
import type { CommandCall, OutboxPart, TurnEvent } from '../adapter.ts';
import { parseText } from '../grammar.ts';
import { answerText, withoutFailures } from './answer.ts';
import { bannerText } from './banner.ts';
import { nameOf } from './desk.ts';
import type { TerminalHost } from './host.ts';
import { errorOf, eventLine, sentence } from './json.ts';
import { terminalMessage, withoutMention } from './message.ts';
import { type Address, answerView, type Context, type Mode, terminalCommands } from './mode.ts';
import { asUserError, usageError } from './one-command.ts';
import { createPlainActions } from './plain-actions.ts';
import { plainLine } from './plain-line.ts';
import { printPart } from './print-part.ts';
import { localAction, replCommands } from './repl-commands.ts';
import { reportError } from './report.ts';
import { createStyle } from './style.ts';
import { createThrottle } from './throttle.ts';
import { createWaiting } from './waiting.ts';

const leftByInterrupt = 130;
const twiceWithinMs = 2000;
const prompt = '> ';

/**
 * The REPL line by line: on a pipe (neither prompt nor echo; with `--json` one object for each line, with `--jsonl` the events too), and
 * on terminals that cannot or should not redraw, such as those of screen readers: there every change is a line of its own and nothing
 * moves.
 */
export function createPlainMode(context: Context, host: TerminalHost): Mode {
  const { output, error } = context;
  const { format } = context.request;
  const throttle = createThrottle();
  const interactive = context.input.isTTY === true && output.isTerminal;
  const style = createStyle(context.color && output.isTerminal);
  const commands = replCommands(terminalCommands(host.commands));
  const left = Promise.withResolvers<number>();
  const answered = createWaiting<void>();
  const running = new Set<string>();
  /** What is finished before the end of the input counts. */
  const pending: Promise<void>[] = [];
  const lines = createInterface({ input: context.input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
  // At once: a line that comes before somebody waits for one would be lost.
  const incoming = lines[Symbol.asyncIterator]();
  const local = createPlainActions({
    conversation: context.conversation,
    limits: host.attachments,
    places: context.places,
    newId: context.newId,
    say: (text) => void say(text),
    opened: adopt,
    leave: () => leave(0),
  });
  let interruptedAt = Number.NEGATIVE_INFINITY;
  let prompted = false;
  let hasLeft = false;
  const at = () => context.now().toISOString();

  /** Whatever is said stands on lines of its own, also when a prompt is waiting. */
  function print(text: string): Promise<void> {
    const before = prompted ? '\n' : '';
    prompted = false;
    return output.write(before + text);
  }

  /** What is no answer: beside the output, where a program reads that. */
  const say = (text: string) => (format === 'text' ? print(text) : error.write(text)).catch(() => undefined);

  function refuse(problem: UserError): Promise<void> {
    const { code, message, hint } = problem;
    if (format === 'text') return say(`${sentence({ code, message, hint })}\n`);
    return reportError(problem, { output, error, format, at: at() }).catch(() => undefined);
  }

  /** A prompt says that nothing runs: typing ahead is possible without. */
  function promptWhenIdle(): void {
    if (!interactive || prompted || running.size > 0) return;
    say(prompt);
    prompted = true;
  }

  function leave(code: number): void {
    hasLeft = true;
    lines.close();
    left.resolve(code);
  }

  /** Takes one line to its end; nothing is thrown. */
  async function take(line: string): Promise<void> {
    const { text, addressed } = withoutMention(line.trim());
    if (text === '') return;
    const parsed = parseText(text, commands, { bare: addressed });
    if (parsed !== null && !parsed.ok) return refuse(usageError(parsed.problem));
    const call = parsed?.call ?? null;
    const action = call === null ? null : localAction(call);
    await (action === null ? send(text, call) : local.perform(action)).catch((thrown) => refuse(asUserError(thrown)));
  }

  async function send(text: string, call: CommandCall | null): Promise<void> {
    const id = context.newId();
    const { conversation } = local;
    const envelope = { id, at: at(), author: context.author, conversation, from: 'repl' } as const;
    running.add(id);
    try {
      await host.receive(terminalMessage(envelope, text, call, local.takeAttachments()));
      await answered.wait(id);
    } finally {
      running.delete(id);
    }
  }

  async function adopt(conversation: string): Promise<void> {
    for (const { turnId } of await host.adopt(conversation)) pending.push(answered.wait(turnId));
  }

  async function readLines(): Promise<void> {
    await adopt(context.conversation);
    const waiting = interactive ? null : host.waitingElsewhere();
    // Beside the output: that is for answers alone.
    if (waiting !== null) await context.error.write(`${waiting}\n`).catch(() => undefined);
    promptWhenIdle();
    for await (const line of { [Symbol.asyncIterator]: () => incoming }) {
      if (hasLeft) break;
      prompted = false;
      const taken = take(clean(line)).then(promptWhenIdle);
      // A pipe is a script, taken step by step; a person may go on typing.
      if (interactive) pending.push(taken);
      else await taken;
    }
    await Promise.all(pending);
  }

  function interrupt(): void {
    const again = context.clock() - interruptedAt < twiceWithinMs;
    interruptedAt = context.clock();
    if (again) leave(leftByInterrupt);
    host.stop(local.conversation).then(
      (ran) => (ran || running.size > 0 ? undefined : leave(leftByInterrupt)),
      () => leave(leftByInterrupt),
    );
  }

  output.onClosed(() => leave(0));
  return {
    progress(_address, event) {
      const line = interactive ? plainLine(event) : noticeOf(event);
      if (line !== null) say(`${line}\n`);
      if (format !== 'jsonl' || !throttle.passes(event, context.clock())) return;
      const data = eventLine(event, at());
      if (data !== null) print(`${data}\n`).catch(() => undefined);
    },
    async post(address, part) {
      if (format !== 'text') {
        await printPart(part, { output, error, format, at: at(), view: answerView(context, host) });
        return settle(address, part);
      }
      const elsewhere =
        address.conversation === local.conversation ? '' : `Conversation ${nameOf(address.conversation)}:\n`;
      const told = interactive && running.has(address.request) && !part.again;
      await print(elsewhere + (await partText(told ? withoutFailures(part) : part, context, host)));
      settle(address, part);
      promptWhenIdle();
    },
    run() {
      if (interactive) say(bannerText(host.banner(), style, output.columns));
      readLines().then(
        () => leave(0),
        (error) => left.reject(error),
      );
      return left.promise;
    },
    log: say,
    interrupt,
    terminate: () => leave(0),
  };

  /** An answer is waited for by its message or, when taken over from a dead process, by its turn. */
  function settle(address: Address, part: OutboxPart): void {
    answered.settle(running.has(address.request) ? address.request : part.turnId, undefined);
  }
}

function noticeOf(event: TurnEvent): string | null {
  return event.type === 'notice' ? clean(event.message) : null;
}

async function partText(part: OutboxPart, context: Context, host: TerminalHost): Promise<string> {
  return part.kind === 'error' ? `${sentence(errorOf(part))}\n` : answerText(part, answerView(context, host));
}
