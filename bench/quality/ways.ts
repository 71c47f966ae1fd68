import type { Citation, TurnEvent, TurnResult } from '../../src/adapters/adapter.ts';
import type { SendResult } from '../../src/commands/services.ts';
import type { Usage } from '../../src/usage.ts';
import type { Came, QualityProgram } from './program.ts';
import type { Roster } from './question.ts';
import type { CitedFile, Reply } from './score.ts';

/** Where models are at work; `search` is none. */
export interface Models {
  readonly agents: boolean;
  readonly mind: boolean;
}

/** One way to have a question answered. */
export interface Way {
  /** Short, as on the command line. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  ask(program: QualityProgram, roster: Roster, question: string, models: Models): Promise<Reply>;
}

/** The agent that sees all projects of a roster. */
export function singleAgentOf(roster: Roster): string {
  return `all-${roster.name}`;
}

/** The single agent comes first: the others are measured by it. */
export const ways: readonly Way[] = [
  { name: 'single', title: 'single agent', ask: askSingle },
  { name: 'fan-out', title: 'fan-out', ask: askEverybody },
  ...[1, 2, 3].map(
    (rounds): Way => ({
      name: `moderator-${rounds}`,
      title: `moderator, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
      ask: (program, roster, question, models) => askModerator(program, roster, question, models, rounds),
    }),
  ),
];

/** One agent over all projects: no moderator, nobody else. */
async function askSingle(program: QualityProgram, roster: Roster, question: string, models: Models): Promise<Reply> {
  const came = await send(program, singleAgentOf(roster), question);
  const { response, citations, usage, failure } = came.data as SendResult;
  return {
    problem: failure?.message ?? null,
    texts: [{ agent: null, text: response ?? '' }],
    citations: citations.flatMap((citation) => citedFile(citation, (path) => splitProject(path))),
    ...costOf([came], models, tokensOf(usage)),
  };
}

/** Every project's agent gets the question as it is; the replies stand side by side, as in a fan-out without a moderator. */
async function askEverybody(program: QualityProgram, roster: Roster, question: string, models: Models): Promise<Reply> {
  const begun = performance.now();
  const all = await Promise.all(roster.projects.map(({ name }) => send(program, name, question)));
  const results = all.map(({ data }) => data as SendResult);
  return {
    problem: results.find(({ failure }) => failure !== null)?.failure?.message ?? null,
    texts: results.map(({ response }, index) => ({ agent: roster.projects[index]?.name ?? '', text: response ?? '' })),
    citations: results
      .flatMap(({ citations }) => citations)
      .flatMap((citation) => citedFile(citation, ofAgent(citation))),
    ...costOf(
      all,
      models,
      results.reduce((sum, { usage }) => sum + tokensOf(usage), 0),
    ),
    wallMs: performance.now() - begun,
  };
}

async function askModerator(
  program: QualityProgram,
  roster: Roster,
  question: string,
  models: Models,
  rounds: number,
): Promise<Reply> {
  const agents = roster.projects.map(({ name }) => name);
  const came = await program.run({ name: 'ask', subcommand: null, args: { question, agents, rounds } });
  const { answer, citations, usage, reason } = came.data as TurnResult;
  return {
    problem: answer === null ? (reason ?? 'no answer') : null,
    texts: [{ agent: null, text: answer ?? '' }],
    citations: citations.flatMap((citation) => citedFile(citation, ofAgent(citation))),
    ...costOf([came], models, tokensOf(usage)),
  };
}

function send(program: QualityProgram, agent: string, message: string): Promise<Came> {
  return program.run({ name: 'send', subcommand: null, args: { agent, message } });
}

function citedFile(
  { path, verified }: Citation,
  placed: (path: string) => { readonly project: string; readonly path: string },
): readonly CitedFile[] {
  return path === null ? [] : [{ ...placed(path), verified }];
}

function ofAgent({ agent }: Citation) {
  return (path: string) => ({ project: agent, path });
}

function splitProject(path: string) {
  const slash = path.indexOf('/');
  return { project: path.slice(0, Math.max(0, slash)), path: path.slice(slash + 1) };
}

function tokensOf(usage: Usage | null): number {
  return usage === null ? 0 : usage.inputTokens + usage.outputTokens;
}

/** Every prompt to an agent and every decision of a mind is a call; every tool that an agent was seen to use is one more turn. */
function costOf(all: readonly Came[], models: Models, tokens: number) {
  const events = all.flatMap((came) => came.events);
  const asks = count(events, (event) => event.type === 'ask_start');
  const direct = all.every(({ data }) => typeof data === 'object' && data !== null && 'agentId' in data);
  const decisions = direct ? 0 : count(events, (event) => event.type === 'decision');
  const tools = count(events, (event) => event.type === 'ask_progress' && isTool(event.activity));
  return {
    modelCalls: (models.agents ? asks : 0) + (models.mind ? decisions : 0),
    turns: asks + decisions + tools,
    tokens,
    wallMs: Math.max(0, ...all.map((came) => came.wallMs)),
    extractive: !models.agents && (direct || !models.mind),
  };
}

function isTool(activity: string): boolean {
  return !/^(?:writing$|reading |retrying |waiting)/.test(activity);
}

function count(events: readonly TurnEvent[], is: (event: TurnEvent) => boolean): number {
  return events.filter(is).length;
}
