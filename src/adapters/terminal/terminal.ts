import type { Readable } from 'node:stream';
import { UserError } from '../../errors.ts';
import type { Author, ChatAdapter } from '../adapter.ts';
import type { RenderMarkdown } from './answer.ts';
import type { TerminalHost } from './host.ts';
import type { Context, Mode } from './mode.ts';
import { usageError } from './one-command.ts';
import { createOutput, type TerminalStream } from './output.ts';
import type { CommandLineRequest } from './request.ts';

/** Standard input, as far as it is a terminal. */
export type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

export interface TerminalOptions {
  readonly input: TerminalInput;
  readonly output: TerminalStream;
  readonly error: TerminalStream;
  readonly request: CommandLineRequest;
  readonly author: Author;
  /** The conversation when none is named: `terminal:<name>`, one for each working directory. */
  readonly conversation: string;
  /** Colours are wanted (no `NO_COLOR`); they are used only where a stream is a terminal. */
  readonly color: boolean;
  /** Line by line, nothing moves: for screen readers and terminals that cannot redraw. */
  readonly plain: boolean;
  readonly render: RenderMarkdown;
  /** Where paths start that people write. */
  readonly places: { readonly directory: string; readonly home: string };
  /** Wall time. */
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
  newId(): string;
}

export interface Terminal extends ChatAdapter {
  /**
   * Shows the prompt of a REPL at once, before the rest of the program is there: what is typed and sent meanwhile waits for `start`.
   * Nothing for other ways of use. Rejects with UserError `usage` for a REPL that is to print JSON to somebody who looks at it.
   */
  open(): Promise<void>;
  start(host: TerminalHost): Promise<void>;
  /** Takes a line of the log: to stderr, but never across what is drawn on the same screen. */
  log(line: string): void;
  /** Runs the one command or the REPL to its end. Resolves with the exit code of the process; the host has to be started before. */
  run(): Promise<number>;
  /** SIGINT: stops what runs; with nothing running, or again within 2 s, `run` ends with 130. */
  interrupt(): void;
  /** SIGTERM, SIGHUP: one command stops (130); the REPL accepts nothing more and `run` ends with 0. */
  terminate(): void;
}

/** The terminal as a chat surface: a REPL, or one command when the request names one. */
export function createTerminal(options: TerminalOptions): Terminal {
  const started = Promise.withResolvers<Mode>();
  const host = Promise.withResolvers<TerminalHost>();
  let mode: Mode | null = null;
  const output = createOutput(options.output);
  const error = createOutput(options.error);
  const context: Context = { ...options, output, error, outputStream: options.output };

  return {
    name: 'terminal',
    async open() {
      if (wantsJsonOnScreen(context)) throw usageError(needsCommand);
      if (isInteractive(context, options.plain)) mode ??= await createInteractive(context, host.promise);
    },
    async start(given) {
      host.resolve(given);
      mode ??= isInteractive(context, options.plain)
        ? await createInteractive(context, host.promise)
        : await createMode(context, given);
      started.resolve(mode);
    },
    async stop() {
      mode?.terminate();
    },
    reply(to) {
      const address = { conversation: to.data.conversation ?? '', request: to.data.request ?? '' };
      return {
        progress: (event) => mode?.progress(address, event),
        async post(part) {
          const current = await started.promise;
          await current.post(address, part);
          return { platformId: null };
        },
      };
    },
    async run() {
      if (mode === null) throw new UserError('not-started', 'The terminal was not started.');
      return mode.run();
    },
    log(line) {
      if (mode === null || !error.isTerminal) error.write(line).catch(() => undefined);
      else mode.log(line);
    },
    interrupt: () => mode?.interrupt(),
    terminate: () => mode?.terminate(),
  };
}

const needsCommand = {
  message: '--json and --jsonl are for a command, or for questions that are piped in.',
  hint: 'tutti ask --json "…", or: tutti --json < questions.txt',
} as const;

/** A REPL that people look at, of which JSON is wanted. */
function wantsJsonOnScreen({ request, input, output }: Context): boolean {
  return request.words.length === 0 && request.format !== 'text' && input.isTTY === true && output.isTerminal;
}

/** Whether the screen may be redrawn: a REPL, on a terminal, for somebody who wants that. */
function isInteractive(context: Context, plain: boolean): boolean {
  return context.request.words.length === 0 && !plain && context.input.isTTY === true && context.output.isTerminal;
}

// Each way of use is loaded only when it is used.

async function createInteractive(context: Context, host: Promise<TerminalHost>): Promise<Mode> {
  return (await import('./interactive-mode.ts')).createInteractiveMode(context, host);
}

async function createMode(context: Context, host: TerminalHost): Promise<Mode> {
  const [word] = context.request.words;
  if (word === 'resume') return (await import('./resume-mode.ts')).createResumeMode(context, host);
  if (word !== undefined) return (await import('./command-mode.ts')).createCommandMode(context, host);
  return (await import('./plain-mode.ts')).createPlainMode(context, host);
}
