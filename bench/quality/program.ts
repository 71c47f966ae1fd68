import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ChatAdapter, CommandCall, InboundMessage, OutboxPart, TurnEvent } from '../../src/adapters/adapter.ts';
import { providers } from '../../src/agents/providers/index.ts';
import * as commandList from '../../src/commands/index.ts';
import { compose } from '../../src/compose.ts';
import { loadConfig, readEnvironment } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/** Who answers and who decides, as the configuration names them. */
export interface Players {
  readonly provider: string;
  readonly model: string | null;
  readonly mind: string;
  /** argv of `provider: command`. */
  readonly command: readonly string[] | null;
}

export interface Came {
  readonly data: unknown;
  readonly events: readonly TurnEvent[];
  readonly wallMs: number;
}

export interface QualityProgram {
  /** Runs one command to its answer, in a conversation of its own. Rejects where the program refuses it. */
  run(call: CommandCall): Promise<Came>;
  /** Builds the search index of these agents' projects. */
  index(agents: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const indexMs = 120_000;

/** Opens the real program on agents in these directories, with the measurement as its terminal. */
export async function openProgram(
  directory: string,
  agents: readonly { readonly name: string; readonly directory: string; readonly description: string }[],
  players: Players,
): Promise<QualityProgram> {
  const file = join(directory, 'tutti.yaml');
  writeFileSync(file, configurationOf(agents, players));
  const environment = readEnvironment({ ...process.env, TUTTI_DATA_DIR: join(directory, 'data') });
  const config = await loadConfig({
    argument: file,
    environment: environment.variables,
    directory,
    checkout: null,
    providers,
  });
  const waiting = new Map<string, { events: TurnEvent[]; posted(part: OutboxPart): void }>();
  const terminal: ChatAdapter = {
    name: 'terminal',
    start: async () => {},
    stop: async () => {},
    reply: ({ data }) => ({
      progress: (event) => void waiting.get(data.key ?? '')?.events.push(event),
      async post(part) {
        waiting.get(data.key ?? '')?.posted(part);
        return { platformId: null };
      },
    }),
  };
  const program = compose({
    config,
    environment,
    version: 'quality',
    role: 'command',
    log: createLog({ level: 'error', mask: (text) => text }),
    commands: Object.values(commandList),
    otherCommands: [],
    adapters: [terminal],
    directory,
  });

  async function run(call: CommandCall): Promise<Came> {
    const key = randomUUID();
    const events: TurnEvent[] = [];
    const begun = performance.now();
    const { promise, resolve } = Promise.withResolvers<OutboxPart>();
    waiting.set(key, { events, posted: resolve });
    await program.runtime.host.receive(messageOf(key, call));
    const part = await promise;
    waiting.delete(key);
    if (part.kind === 'error') throw new Error(part.markdown);
    return { data: part.data, events, wallMs: performance.now() - begun };
  }

  return {
    run,
    async index(names) {
      const directories = agents.filter(({ name }) => names.includes(name)).map((agent) => agent.directory);
      await program.search.findAll(directories, 'index', AbortSignal.timeout(indexMs));
    },
    close: () => program.close(0),
  };
}

function configurationOf(agents: Parameters<typeof openProgram>[1], players: Players): string {
  const { provider, model, mind, command } = players;
  const entry = { provider, ...(model === null ? {} : { model }), ...(command === null ? {} : { command }) };
  return stringify({
    agents: Object.fromEntries(agents.map(({ name, ...agent }) => [name, { ...agent, ...entry }])),
    moderator: { model: mind },
    limits: { perPersonPerHour: 1_000_000 },
  });
}

function messageOf(key: string, command: CommandCall): InboundMessage {
  const text = command.args.question ?? command.args.message;
  return {
    id: key,
    at: new Date().toISOString(),
    place: { surface: 'terminal', channel: key, direct: true, private: true },
    conversation: `terminal:${key}`,
    addressed: 'command',
    author: { id: 'quality', name: 'quality', isBot: false, roles: [] },
    text: typeof text === 'string' ? text : '',
    command,
    attachments: [],
    replyTo: { surface: 'terminal', data: { key } },
  };
}
