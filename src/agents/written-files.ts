import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WrittenFiles {
  /** The arguments, with paths where the names of files stood. */
  readonly args: readonly string[];
  remove(): Promise<void>;
}

/**
 * Writes what a CLI takes only as a file: `contents` by the names that stand for them in `args`. They lie in a directory of their own
 * that only this user can read, and live until `remove`.
 */
export async function writeFiles(
  args: readonly string[],
  contents: Readonly<Record<string, string>>,
): Promise<WrittenFiles> {
  const names = Object.keys(contents);
  if (names.length === 0) return { args, remove: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), 'tutti-run-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const pathOf = (name: string) => join(directory, `${names.indexOf(name)}.json`);
  try {
    await Promise.all(names.map((name) => writeFile(pathOf(name), contents[name] ?? '', { mode: 0o600 })));
  } catch (error) {
    await remove();
    throw error;
  }
  return { args: args.map((argument) => (names.includes(argument) ? pathOf(argument) : argument)), remove };
}
