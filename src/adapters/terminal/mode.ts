import type { Author, CommandSpec, OutboxPart, TurnEvent } from '../adapter.ts';
import type { AnswerView, RenderMarkdown } from './answer.ts';
import type { TerminalHost } from './host.ts';
import type { Output, TerminalStream } from './output.ts';
import type { CommandLineRequest } from './request.ts';
import type { TerminalInput } from './terminal.ts';

/** What every way of using the terminal is given. */
export interface Context {
  readonly input: TerminalInput;
  readonly output: Output;
  /** What `output` writes to, for readers of lines that edit in place. */
  readonly outputStream: TerminalStream;
  readonly error: Output;
  readonly request: CommandLineRequest;
  readonly author: Author;
  /** The conversation that is meant when none is named. */
  readonly conversation: string;
  readonly color: boolean;
  readonly render: RenderMarkdown;
  /** Where paths start that people write. */
  readonly places: { readonly directory: string; readonly home: string };
  /** Wall time. */
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
  newId(): string;
}

/** Where an answer belongs: the conversation, and the message it answers. */
export interface Address {
  readonly conversation: string;
  readonly request: string;
}

/** One way of using the terminal: a single command, or a REPL. */
export interface Mode {
  progress(address: Address, event: TurnEvent): void;
  /** Resolves when the part is printed. */
  post(address: Address, part: OutboxPart): Promise<void>;
  /** To its end; resolves with the exit code. */
  run(): Promise<number>;
  /** Shows a line of the log where it disturbs nothing that moves. */
  log(line: string): void;
  /** Ctrl-C. */
  interrupt(): void;
  /** The process is to end: nothing more is accepted. */
  terminate(): void;
}

/** How answers are shown here: rendered where somebody looks at a terminal. */
export function answerView(context: Context, host: TerminalHost): AnswerView {
  const { output, render } = context;
  const rendered = output.isTerminal;
  return {
    render,
    rendered,
    color: rendered && context.color,
    width: output.columns,
    directoryOf: (agent) => host.directoryOf(agent),
  };
}

/** The commands that exist on this surface. */
export function terminalCommands(commands: readonly CommandSpec[]): readonly CommandSpec[] {
  return commands.filter(({ surfaces }) => surfaces === undefined || surfaces.includes('terminal'));
}
