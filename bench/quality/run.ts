import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../src/errors.ts';
import { openProgram, type Players, type QualityProgram } from './program.ts';
import { layOut } from './projects.ts';
import type { QualityQuestion, Roster } from './question.ts';
import { type Reply, type Score, scoreReply } from './score.ts';
import { singleAgentOf, type Way } from './ways.ts';

export interface RunOptions {
  readonly players: Players;
  readonly ways: readonly Way[];
  readonly rosters: readonly Roster[];
  /** How many questions are under way at the same time. */
  readonly parallel: number;
  /** Called after each reply. */
  progress(done: number, all: number): void;
}

/** One question asked in one way. */
export interface Outcome {
  readonly way: string;
  readonly question: QualityQuestion;
  readonly reply: Reply;
  readonly score: Score;
}

/** Asks every question in every way, way by way so that times compare, and judges what comes back. */
export async function runQuality(options: RunOptions): Promise<readonly Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-quality-'));
  try {
    const agents = options.rosters.flatMap((roster) => agentsOf(roster, layOut(roster, directory)));
    const program = await openProgram(directory, agents, options.players);
    try {
      await warmUp(program, options);
      return await askAll(program, options);
    } finally {
      await program.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function agentsOf(roster: Roster, directory: string) {
  const single = { name: singleAgentOf(roster), directory, description: `all projects of "${roster.name}"` };
  const projects = roster.projects.map(({ name, description }) => ({
    name,
    description,
    directory: join(directory, name),
  }));
  return [single, ...projects];
}

/** Builds the indexes of all projects, which happens once and is no part of an answer. */
async function warmUp(program: QualityProgram, { rosters }: RunOptions): Promise<void> {
  await program.index(rosters.flatMap((roster) => [singleAgentOf(roster), ...roster.projects.map(({ name }) => name)]));
}

async function askAll(program: QualityProgram, options: RunOptions): Promise<readonly Outcome[]> {
  const questions = options.rosters.flatMap((roster) => roster.questions.map((question) => ({ roster, question })));
  const outcomes: Outcome[] = [];
  for (const way of options.ways) {
    const waiting = [...questions];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        outcomes.push(await askOne(program, way, next.roster, next.question, options.players));
        options.progress(outcomes.length, questions.length * options.ways.length);
      }
    };
    await Promise.all(Array.from({ length: options.parallel }, work));
  }
  return outcomes;
}

async function askOne(
  program: QualityProgram,
  way: Way,
  roster: Roster,
  question: QualityQuestion,
  players: Players,
): Promise<Outcome> {
  const models = { agents: players.provider !== 'search', mind: players.mind !== 'search' };
  const reply = await way.ask(program, roster, question.text, models).catch((thrown) => nothing(messageOf(thrown)));
  return { way: way.name, question, reply, score: scoreReply(question, reply) };
}

function nothing(problem: string): Reply {
  return { texts: [], citations: [], modelCalls: 0, turns: 0, tokens: 0, wallMs: 0, extractive: false, problem };
}
