import { PassThrough, Writable } from 'node:stream';
import type { InboundMessage, OutboxPart, Reply, TurnEvent } from '../../src/adapters/adapter.ts';
import type { AdoptedTurn, TerminalHost } from '../../src/adapters/terminal/host.ts';
import type { TerminalStream } from '../../src/adapters/terminal/output.ts';
import { type CommandLineRequest, readRequest } from '../../src/adapters/terminal/request.ts';
import { createTerminal, type Terminal } from '../../src/adapters/terminal/terminal.ts';
import { sampleCommands } from './commands.ts';

/** What a test lets happen when a message arrives: events, then at most one part. */
export type Answerer = (message: InboundMessage, reply: Reply) => Promise<void> | void;

/** A stream that remembers what was written to it. */
export function recorder(options: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  const chunks: string[] = [];
  const stream = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    }),
    options,
  );
  return { stream, text: () => chunks.join('') };
}

export function part(more: Partial<OutboxPart> = {}): OutboxPart {
  return {
    id: 'part-1',
    turnId: 'turn-1',
    position: 0,
    kind: 'answer',
    markdown: 'Forty-two.',
    footer: null,
    data: {},
    exit: 0,
    again: false,
    ...more,
  };
}

export interface TerminalUnderTest {
  readonly terminal: Terminal;
  readonly input: PassThrough;
  readonly received: readonly InboundMessage[];
  readonly stops: readonly string[];
  output(): string;
  error(): string;
  /** Lets the running turns of the next stop be found. */
  progress(message: InboundMessage, event: TurnEvent): void;
}

/** The real terminal adapter over streams in memory and a host that does what the test says. */
export async function startTerminal(options: {
  readonly argv?: readonly string[];
  readonly answer?: Answerer;
  readonly adopted?: readonly AdoptedTurn[];
  /** Why a message cannot be recorded, or null. */
  readonly refuse?: (message: InboundMessage) => Error | null;
  readonly onStop?: (conversation: string) => boolean;
  readonly inputIsTerminal?: boolean;
  readonly outputIsTerminal?: boolean;
  readonly errorIsTerminal?: boolean;
  readonly plain?: boolean;
  readonly directory?: string;
  readonly historyFile?: string;
  /** A screen to be written to, in place of a record. */
  readonly screen?: TerminalStream;
  readonly host?: Partial<TerminalHost>;
  /** What happens before the host is there. */
  readonly opensFirst?: (terminal: Terminal, input: PassThrough) => Promise<void>;
}): Promise<TerminalUnderTest> {
  const received: InboundMessage[] = [];
  const stops: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: options.inputIsTerminal ?? false });
  const output = recorder({ isTTY: options.outputIsTerminal ?? false, columns: 80 });
  const error = recorder({ isTTY: options.errorIsTerminal ?? false });
  let ids = 0;
  const terminal = createTerminal({
    input,
    output: options.screen ?? output.stream,
    error: error.stream,
    request: requestOf(options.argv ?? []),
    author: { id: 'me', name: 'me', isBot: false, roles: [] },
    conversation: 'terminal:here',
    color: false,
    plain: options.plain ?? false,
    places: { directory: options.directory ?? '/nowhere', home: '/nowhere' },
    render: async (markdown) => markdown,
    now: () => new Date('2026-01-02T03:04:05.000Z'),
    clock: () => performance.now(),
    newId: () => `id-${++ids}`,
  });
  const host: TerminalHost = {
    attachments: { maxBytes: 1024 * 1024, types: ['image/*', 'text/*'] },
    historyFile: options.historyFile ?? null,
    mask: (text) => text.replaceAll('secret', '***'),
    commands: sampleCommands,
    async receive(message) {
      const refused = options.refuse?.(message) ?? null;
      if (refused !== null) throw refused;
      received.push(message);
      const answer = options.answer ?? ((_message, reply) => void reply.post(part()));
      setImmediate(() => void answer(message, terminal.reply(message.replyTo)));
      return { turnId: `turn-${received.length}`, repeated: false };
    },
    complete: async () => [],
    directoryOf: (agent) => (agent === 'api' ? '../api' : null),
    banner: () => ({ version: '0.1.0', agents: [], moderator: null, notices: [], suggestion: null, following: [] }),
    waitingElsewhere: () => null,
    endNow: () => {},
    async stop(conversation) {
      stops.push(conversation);
      return options.onStop?.(conversation) ?? false;
    },
    adopt: async () => options.adopted ?? [],
    ...options.host,
  };
  await options.opensFirst?.(terminal, input);
  await terminal.start(host);
  return {
    terminal,
    input,
    received,
    stops,
    output: output.text,
    error: error.text,
    progress: (message, event) => terminal.reply(message.replyTo).progress(event),
  };
}

/** The request of a command line that is written right. */
export function requestOf(argv: readonly string[]): CommandLineRequest {
  const read = readRequest(argv);
  if (!read.ok) throw new Error(read.message);
  return read.request;
}
