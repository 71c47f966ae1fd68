import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real prose and code, cut into pieces: what the packages of this project say of themselves. The same piece for the same number. */
export function createCorpus(): (number: number) => string {
  const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
  const text = readdirSync(packages)
    .toSorted()
    .map((name) => readmeOf(join(packages, name)))
    .join('\n');
  const length = 250;
  return (number) => {
    const from = (Math.imul(number, 2_654_435_761) >>> 0) % (text.length - length);
    return text.slice(from, from + length);
  };
}

function readmeOf(directory: string): string {
  try {
    return readFileSync(join(directory, 'README.md'), 'utf8');
  } catch {
    return '';
  }
}
