/** The whole program with three genuine CLIs and a mind of another one, all of them on a scripted model. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  type LoopbackModel,
  type ModelReply,
  type ModelRequest,
  startLoopbackModel,
} from '../../support/loopback-model.ts';
import { printed, providersLeft, run } from '../../support/program.ts';
import { createRepository, createSetting } from './setting.ts';

export const agents = { api: 'claude', web: 'codex', worker: 'opencode' } as const;
export type AgentName = keyof typeof agents;
export const agentNames: readonly AgentName[] = ['api', 'web', 'worker'];

export interface Ask {
  readonly agent: AgentName;
  readonly prompt: string;
}

/** What the mind says in each round, the first one first; the last one stands for all after it. */
type Decisions = readonly (readonly Ask[] | { readonly markdown: string })[];

export interface ProgramScene {
  readonly home: string;
  readonly model: LoopbackModel;
  directory(agent: AgentName): string;
  /** A file in an agent's project. */
  file(agent: AgentName, name: string): string;
  write(agent: AgentName, name: string, content: string): void;
  read(agent: AgentName, name: string): string | null;
  /** `tutti ask`, with the mind that decides so; what `--json` prints. */
  ask(question: string, decisions: Decisions, options?: readonly string[]): Promise<Answer>;
  /** Processes of providers that still run. */
  left(): readonly number[];
}

const askResult = z.object({
  agent: z.string(),
  status: z.string(),
  text: z.string().nullable(),
  sessionId: z.string().nullable(),
  failure: z.object({ reason: z.string(), message: z.string() }).nullable(),
});

const printedAnswer = z.object({
  status: z.string(),
  answer: z.string().nullable(),
  rounds: z.array(z.object({ asks: z.array(askResult) })),
  citations: z.array(z.object({ agent: z.string(), path: z.string().nullable(), verified: z.boolean() })),
});

export type Answer = z.infer<typeof printedAnswer> & { readonly exit: number | null };

interface SceneOptions {
  readonly mind: 'claude' | 'codex';
  readonly environment?: Readonly<Record<string, string>>;
  /** Merged into the configuration of an agent. */
  readonly agents?: Partial<Record<AgentName, Readonly<Record<string, unknown>>>>;
}

/** Three repositories, each with its own CLI. Removed after the test. */
export async function createProgramScene(options: SceneOptions): Promise<ProgramScene> {
  let decisions: Decisions = [];
  const model = await startLoopbackModel((request) => decide(request, decisions));
  const setting = await createSetting(model, ['claude', 'codex', 'opencode']);
  onTestFinished(async () => {
    await model.stop();
    await setting[Symbol.asyncDispose]();
  });
  const root = join(setting.home, 'work');
  const directory = (agent: AgentName) => join(root, agent);
  for (const agent of agentNames) await createRepository(directory(agent));
  writeFileSync(join(root, 'tutti.yaml'), configuration(options));
  const environment = { ...setting.environment, TUTTI_DATA_DIR: join(root, 'data'), ...options.environment };
  const file = (agent: AgentName, name: string) => join(directory(agent), name);
  return {
    home: setting.home,
    model,
    directory,
    file,
    write(agent, name, content) {
      mkdirSync(join(file(agent, name), '..'), { recursive: true });
      writeFileSync(file(agent, name), content);
    },
    read(agent, name) {
      try {
        return readFileSync(file(agent, name), 'utf8');
      } catch {
        return null;
      }
    },
    async ask(question, given, more = []) {
      decisions = given;
      const words = ['ask', question, '--json', '--conversation', 'tour', ...more];
      const ended = await run({ directory: root, environment }, words);
      return { ...printedAnswer.parse(printed(ended)), exit: ended.code };
    },
    left: () => providersLeft(setting.home),
  };
}

function configuration({ mind, agents: own = {} }: SceneOptions): string {
  const entries = agentNames.map((name) => [
    name,
    { directory: `./${name}`, provider: agents[name], description: name, ...own[name] },
  ]);
  return stringify({ agents: Object.fromEntries(entries), moderator: { model: mind } });
}

/** Whether the mind asks, and no agent. */
export function isOfMind(request: ModelRequest): boolean {
  return request.body.includes('You are the moderator of several project agents');
}

/** The mind is asked with what the rounds brought; everything else is an agent, and answers by its marker. */
function decide(request: ModelRequest, decisions: Decisions): ModelReply | undefined {
  if (!isOfMind(request)) return undefined;
  const said = request.said.map((one) => one.text).join('\n');
  const rounds = [...said.matchAll(/^# Round \d+/gm)].length;
  const decision = decisions[Math.min(rounds, decisions.length - 1)] ?? [];
  const common = { reason: null, asks: null, markdown: null, disagreements: null, unanswered: null, question: null };
  const object =
    'markdown' in decision
      ? { ...common, next: 'answer', markdown: decision.markdown, disagreements: [], unanswered: [] }
      : { ...common, next: 'ask', reason: `round ${rounds + 1}`, asks: decision.map(whole) };
  return { type: 'text', text: JSON.stringify(object) };
}

function whole(ask: Ask) {
  return { ...ask, after: null, final: null };
}
