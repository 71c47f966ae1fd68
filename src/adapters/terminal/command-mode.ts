import { clean } from '../../clean.ts';
import type { TurnEvent } from '../adapter.ts';
import type { TerminalHost } from './host.ts';
import { eventLine } from './json.ts';
import { createLiveStatus } from './live-status.ts';
import { commandText, terminalMessage } from './message.ts';
import { answerView, type Context, type Mode, terminalCommands } from './mode.ts';
import { asUserError, type OneCommand, readOneCommand } from './one-command.ts';
import { printPart } from './print-part.ts';
import { reportError } from './report.ts';
import { conversationNamed } from './request.ts';
import { createThrottle } from './throttle.ts';

const stopped = 130;

/** `tutti <command> …`: one command, its result on stdout, its exit code. */
export function createCommandMode(context: Context, host: TerminalHost): Mode {
  const { request, output, error } = context;
  const done = Promise.withResolvers<number>();
  const status = createLiveStatus(error, { color: context.color && error.isTerminal, clock: context.clock });
  const throttle = createThrottle();
  /** Ends reading what is piped in. */
  const left = new AbortController();
  const at = () => context.now().toISOString();
  let conversation = context.conversation;
  let interrupted = false;

  async function start(): Promise<void> {
    const command = await readOneCommand(request, terminalCommands(host.commands), context.input, left.signal);
    const id = context.newId();
    conversation = conversationFor(context, command, id);
    const envelope = { id, at: at(), author: context.author, conversation, from: 'command-line' } as const;
    await host.receive(terminalMessage(envelope, command.text ?? commandText(request.words), command.call));
  }

  async function fail(thrown: unknown): Promise<void> {
    if (left.signal.aborted) return;
    const problem = asUserError(thrown);
    await reportError(problem, { output, error, format: request.format, at: at() }).catch(() => undefined);
    done.resolve(interrupted ? stopped : problem.exit);
  }

  function show(event: TurnEvent): void {
    if (request.format === 'text') status.show(event);
    else if (event.type === 'notice') status.print(`${clean(event.message)}\n`);
    if (request.format !== 'jsonl' || !throttle.passes(event, context.clock())) return;
    const line = eventLine(event, at());
    if (line !== null) output.write(`${line}\n`).catch(() => undefined);
  }

  function interrupt(): void {
    if (interrupted) {
      host.endNow();
      done.resolve(stopped);
    }
    interrupted = true;
    host.stop(conversation).then(
      (ran) => (ran ? undefined : done.resolve(stopped)),
      () => done.resolve(stopped),
    );
  }

  output.onClosed(interrupt);
  return {
    progress: (_address, event) => show(event),
    async post(_address, part) {
      status.clear();
      try {
        const { format } = request;
        await printPart(part, { output, error, format, at: at(), view: answerView(context, host) });
      } catch (problem) {
        // Nobody reads the result: it stays undelivered, and there is nothing to wait for.
        done.resolve(stopped);
        throw problem;
      }
      done.resolve(interrupted ? stopped : part.exit);
    },
    run() {
      start().catch(fail);
      return done.promise.finally(() => {
        left.abort();
        status.clear();
      });
    },
    log: status.print,
    interrupt,
    terminate: interrupt,
  };
}

/** A question is a conversation of its own unless one is named; other commands are about the one that is meant here. */
function conversationFor(context: Context, command: OneCommand, id: string): string {
  const named = context.request.conversation ?? command.call.args.conversation;
  if (typeof named === 'string') return conversationNamed(named);
  return command.text === null ? context.conversation : `terminal:${command.call.name}-${id.slice(0, 8)}`;
}
