import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { messageOf } from '../../src/errors.ts';
import { missedFloors } from './floors.ts';
import { type QualityOptions, readOptions, usage } from './options.ts';
import { type Outcome, runQuality } from './run.ts';
import { summarise } from './summary.ts';
import { tableOf } from './table.ts';

process.exitCode = await main(process.argv.slice(2)).catch((thrown) => {
  process.stderr.write(`${messageOf(thrown)}\n`);
  return 2;
});

/** Exit 0: measured; 1: nobody answered, or a run without a model stays below its floors; 2: it cannot run so. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const outcomes = await runQuality({ ...options, progress: showProgress });
  if (options.details !== null) writeFileSync(options.details, JSON.stringify(outcomes.map(detailOf), null, 2));
  const summaries = summarise(
    options.ways.map(({ name, title }) => ({ name, title, judged: outcomes.filter(({ way }) => way === name) })),
  );
  process.stdout.write(`${headlineOf(options)}\n\n${tableOf(summaries)}\n`);
  return complain(outcomes, options.hasFloors ? missedFloors(summaries) : []);
}

function complain(outcomes: readonly Outcome[], missed: readonly string[]): number {
  const problems = outcomes.flatMap(({ reply }) => (reply.problem === null ? [] : [reply.problem]));
  const isSilent = outcomes.every(({ reply }) => reply.texts.every(({ text }) => text === ''));
  const sentences = [
    ...(problems.length === 0 ? [] : [`${problems.length} without a whole answer; the first: ${problems[0]}`]),
    ...(isSilent ? ['Nobody answered.'] : []),
    ...missed,
  ];
  process.stderr.write(sentences.map((sentence) => `${sentence}\n`).join(''));
  return isSilent || missed.length > 0 ? 1 : 0;
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all}${done === all ? '\n' : ''}`);
}

function headlineOf({ players, rosters }: QualityOptions): string {
  const questions = rosters.reduce((sum, roster) => sum + roster.questions.length, 0);
  const projects = rosters.reduce((sum, roster) => sum + roster.projects.length, 0);
  const model = players.model === null ? '' : ` (${players.model})`;
  return `${questions} questions over ${projects} projects, answered by ${players.provider}${model}, decided by ${players.mind}; means per question.`;
}

function detailOf({ way, question, reply, score }: Outcome) {
  const goldFiles = question.gold.map(({ project, path }) => `${project}:${path}`);
  return { way, id: question.id, question: question.text, goldFiles, ...score, reply };
}
