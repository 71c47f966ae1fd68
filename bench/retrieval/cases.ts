import { readFileSync } from 'node:fs';
import type { Repository } from './checkouts.ts';

/** One fix commit: its message is the question, the source files that it changed are the answer. */
export interface Case {
  readonly repository: string;
  /** Where the project stood before the fix. */
  readonly before: string;
  readonly question: string;
  readonly answer: ReadonlySet<string>;
}

/**
 * Two halves, and two smaller sets of other repositories. Weights were learned on `tuning`, and some on `probe` as well, whose misses were
 * looked at; of `held-out` and `fresh` the sums were seen, and what made them fall was not taken.
 */
export const PARTS = ['held-out', 'tuning', 'probe', 'fresh'] as const;
export type Part = (typeof PARTS)[number];

const SOURCE = /\.(js|mjs|cjs|jsx|ts|mts|cts|tsx|py|go)$/;
const NOT_SOURCE =
  /(^|\/)(tests?|__tests__|specs?|e2e|fixtures?|testdata|mocks?|benchmarks?|bench|examples?|docs?|www|website|site|playground|scripts?|build|dist|\.github|sandbox|runtime[-_]tests|deno_dist|extras)\/|_test\.go$|\.(test|spec|test-d|config)\.|\.d\.ts$|(^|\/)test_|conftest\.py$/;
const TICKET = /\s*[-,]?\s*(closes|fixes|fix|refs?|resolves|see)?:?\s*\(?(#|GH-)\d+\)?/gi;

/** Names of repositories, with the commits taken from each, as `retrieval.json` beside the script has them. */
export function readSet(part: Part): Readonly<Record<string, readonly string[]>> {
  const file = new URL('../retrieval.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<Part, Record<string, readonly string[]>>)[part];
}

/** Reads a commit as a case; null where the repository no longer has it. */
export async function readCase(repository: Repository, commit: string): Promise<Case | null> {
  const log = await repository.git('log', '-1', '--format=%P%n%s', '--name-status', '-M', commit).catch(() => null);
  if (log === null) return null;
  const [before = '', subject = '', ...lines] = log.split('\n');
  const changed = lines.flatMap((line) => {
    const [status, path] = line.split('\t');
    return status === 'M' && path !== undefined && SOURCE.test(path) && !NOT_SOURCE.test(path) ? [path] : [];
  });
  return {
    repository: repository.name,
    before,
    question: subject.replace(TICKET, '').trim(),
    answer: new Set(changed),
  };
}
