import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSearch } from '../src/search/create.ts';
import type { Search } from '../src/search/search.ts';
import { type Baseline, createBaseline } from './retrieval/baseline.ts';
import { type Case, PARTS, type Part, readCase, readSet } from './retrieval/cases.ts';
import { type Checkout, cloneInto, moveTo, openRepository } from './retrieval/checkouts.ts';

/**
 * How often a question finds the file, and the project, that it is about. The questions are messages of fix commits of public
 * repositories, put to the project as it was before the fix. No weight was learned on the repositories of the held-out half, nor on the
 * fresh ones, which were taken later; but choices were made with their sums in view.
 *
 *     node bench/retrieval.ts FOLDER [--half held-out|tuning|probe|fresh] [--every N]
 *
 * FOLDER holds clones of the repositories named in retrieval.json, as `owner/name`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'held-out' },
    every: { type: 'string', default: '1' },
  },
});

/** Places of the first right file and of the right project, from 0; infinite where it was not found. */
interface Outcome {
  readonly file: number;
  readonly project: number;
}

interface Subject {
  /** Moves from case to case. */
  readonly own: Checkout;
  /** Stays where it is, as one of the others. */
  readonly other: Checkout;
  readonly cases: readonly Case[];
}

const folder = positionals[0];
const part = PARTS.find((name) => name === values.half);
if (folder === undefined || part === undefined) {
  process.stderr.write(`Usage: node bench/retrieval.ts FOLDER [--half ${PARTS.join('|')}] [--every N]\n`);
  process.exitCode = 2;
} else {
  await measure(folder, part, Number(values.every));
}

async function measure(repositories: string, part: Part, every: number): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'tutti-retrieval-'));
  const search = createSearch({
    directory: join(work, 'data'),
    log: (message) => process.stderr.write(`${message}\n`),
  });
  const baseline = createBaseline();
  const ours: Outcome[] = [];
  const plain: Outcome[] = [];
  try {
    const subjects = await prepare(repositories, part, every, work, baseline);
    for (const subject of subjects) {
      for (const one of subject.cases) {
        const projects = subjects.map((other) => (other === subject ? subject.own : other.other));
        await stand(subject.own, one.before, baseline);
        ours.push(await askSearch(search, subject.own, projects, one));
        plain.push(askBaseline(baseline, subject.own, projects, one));
      }
      process.stderr.write(`${subject.own.name}: ${subject.cases.length} questions\n`);
    }
    process.stdout.write(
      table(part, subjects.length, [
        ['plain FTS5 over all files', plain],
        ['search', ours],
      ]),
    );
  } finally {
    await search.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function prepare(
  repositories: string,
  part: Part,
  every: number,
  work: string,
  baseline: Baseline,
): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const side of ['own', 'other']) mkdirSync(join(work, side));
  for (const [name, commits] of Object.entries(readSet(part))) {
    const source = openRepository(repositories, name);
    const read = await Promise.all(
      commits.filter((_, index) => index % every === 0).map((commit) => readCase(source, commit)),
    );
    const cases = read.filter((one) => one !== null);
    const own = await cloneInto(join(work, 'own'), source);
    const other = await cloneInto(join(work, 'other'), source);
    const middle = cases[Math.floor(cases.length / 2)];
    if (middle === undefined) continue;
    await stand(other, middle.before, baseline);
    subjects.push({ own, other, cases });
  }
  return subjects;
}

async function stand(checkout: Checkout, commit: string, baseline: Baseline): Promise<void> {
  await moveTo(checkout, commit);
  await baseline.load(checkout);
}

async function askSearch(search: Search, own: Checkout, projects: readonly Checkout[], one: Case): Promise<Outcome> {
  const { hits } = await search.find(own.directory, one.question);
  const paths = [...new Set(hits.map((hit) => hit.path))];
  const weighed = await search.findAll(
    projects.map((project) => project.directory),
    one.question,
  );
  const order = projects
    .map((project, index) => ({ project, confidence: weighed[index]?.confidence ?? 0 }))
    .sort((a, b) => b.confidence - a.confidence);
  return {
    file: placeOf(paths, (path) => one.answer.has(path)),
    project: placeOf(order, ({ project }) => project === own),
  };
}

function askBaseline(baseline: Baseline, own: Checkout, projects: readonly Checkout[], one: Case): Outcome {
  const paths = baseline.files(own, one.question, 10);
  const order = baseline.order(projects, one.question);
  return {
    file: placeOf(paths, (path) => one.answer.has(path)),
    project: placeOf(order, (project) => project === own),
  };
}

function placeOf<T>(list: readonly T[], fits: (entry: T) => boolean): number {
  const place = list.findIndex(fits);
  return place === -1 ? Number.POSITIVE_INFINITY : place;
}

function table(part: Part, repositories: number, rows: readonly (readonly [string, readonly Outcome[]])[]): string {
  const share = (outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean) =>
    `${((100 * outcomes.filter(holds).length) / Math.max(1, outcomes.length)).toFixed(1)} %`;
  const lines = rows.map(([name, outcomes]) => {
    const cells = [
      share(outcomes, ({ file }) => file < 1),
      share(outcomes, ({ file }) => file < 5),
      share(outcomes, ({ project }) => project < 1),
      share(outcomes, ({ project }) => project < 2),
    ];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return [
    `${part}${part === 'probe' || part === 'fresh' ? '' : ' half'}: ${rows[0]?.[1].length ?? 0} fix commits, ${repositories} repositories`,
    '',
    '| | a changed file first | among the first five | the repository first | among the first two |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
  ].join('\n');
}
