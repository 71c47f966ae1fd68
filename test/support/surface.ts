import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type {
  ChatAdapter,
  CommandCall,
  InboundMessage,
  OutboxPart,
  Place,
  TurnEvent,
} from '../../src/adapters/adapter.ts';
import { parseText } from '../../src/adapters/grammar.ts';
import * as commandList from '../../src/commands/index.ts';
import { compose, type Program } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import { configured } from './configured.ts';
import type { Scene } from './program.ts';
import { waitFor } from './wait-for.ts';

export interface SayOptions {
  readonly by?: string;
  readonly roles?: readonly string[];
  readonly surface?: string;
  readonly channel?: string;
  readonly thread?: string;
  readonly private?: boolean;
  readonly id?: string;
}

/** A chat surface in the test's own hands, joined to the real program in this process. */
export interface Surface {
  readonly program: Program;
  readonly adapter: ChatAdapter;
  /** Writes a message (or `/command …`) and waits until it is recorded. Rejects with the UserError that refuses it. */
  say(text: string, options?: SayOptions): Promise<{ readonly turnId: string; readonly repeated: boolean }>;
  /** The same, and waits for what comes back. */
  ask(text: string, options?: SayOptions): Promise<OutboxPart>;
  readonly parts: readonly OutboxPart[];
  readonly events: readonly TurnEvent[];
  /** Makes posting fail until it is set back. */
  failing: boolean;
}

const commands = Object.values(commandList);

/** Starts the program in this process on the scene's configuration; closed after the test. */
export async function createSurface(scene: Scene, role: 'serve' | 'repl' = 'serve'): Promise<Surface> {
  const parts: OutboxPart[] = [];
  const events: TurnEvent[] = [];
  const state = { failing: false };
  const adapter = (name: string): ChatAdapter => ({
    name,
    start: async () => {},
    stop: async () => {},
    reply: () => ({
      progress: (event) => void events.push(event),
      async post(part) {
        if (state.failing) throw new Error('the platform is away');
        parts.push(part);
        return { platformId: `p${parts.length}` };
      },
    }),
  });
  const { config, environment } = await configured(scene);
  const slack = adapter('slack');
  const program = compose({
    config,
    environment,
    version: '0.0.0-test',
    role,
    log: createLog({ level: 'silent', mask: (text) => text }),
    commands,
    otherCommands: [],
    adapters: [slack, adapter('terminal')],
    directory: scene.directory,
  });
  onTestFinished(() => program.close(0));

  async function say(text: string, options: SayOptions = {}) {
    return program.runtime.host.receive(messageOf(text, options));
  }

  return {
    program,
    adapter: slack,
    say,
    async ask(text, options) {
      const before = parts.length;
      await say(text, options);
      await waitFor(() => parts.length > before, `"${text}" is answered`);
      const part = parts.at(-1);
      if (part === undefined) throw new Error('nothing was posted');
      return part;
    },
    parts,
    events,
    get failing() {
      return state.failing;
    },
    set failing(value) {
      state.failing = value;
    },
  };
}

/** A message as the surfaces make them. */
export function messageOf(text: string, options: SayOptions = {}): InboundMessage {
  const { by = 'alice', roles = [], surface = 'slack', channel = 'C1', thread } = options;
  const isTerminal = surface === 'terminal';
  const place: Place = {
    surface,
    channel,
    direct: isTerminal,
    private: options.private ?? isTerminal,
    ...(isTerminal ? {} : { workspace: 'W1' }),
    ...(thread === undefined ? {} : { thread }),
  };
  const parsed = parseText(text, commands, { bare: false });
  if (parsed !== null && !parsed.ok) throw new Error(parsed.problem.message);
  const call: CommandCall | null = parsed?.call ?? null;
  const question = call?.args.question ?? call?.args.message;
  return {
    id: options.id ?? randomUUID(),
    at: new Date().toISOString(),
    place,
    conversation: `${surface}:${channel}:${thread ?? ''}`,
    addressed: call === null ? 'mention' : 'command',
    author: { id: `U-${by}`, name: by, isBot: false, roles },
    text: typeof question === 'string' ? question : text,
    ...(call === null ? {} : { command: call }),
    attachments: [],
    replyTo: { surface, data: {} },
  };
}
