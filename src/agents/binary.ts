import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export type BinarySearch =
  | { readonly found: true; readonly path: string }
  /** `path` names a file that is there and may not be run. */
  | { readonly found: false; readonly path: string | null };

/**
 * Where a program is: on the PATH of `environment`, or, with a slash in its name, below `directory`. The same search that the
 * operating system would do, made beforehand so that the failure can be named.
 */
export async function findBinary(
  file: string,
  environment: Readonly<Record<string, string>>,
  directory = '/',
): Promise<BinarySearch> {
  let forbidden: string | null = null;
  for (const candidate of candidates(file, environment, directory)) {
    const state = await executable(candidate);
    if (state === 'yes') return { found: true, path: candidate };
    if (state === 'forbidden') forbidden ??= candidate;
  }
  return { found: false, path: forbidden };
}

function candidates(file: string, environment: Readonly<Record<string, string>>, directory: string): readonly string[] {
  if (file === '') return [];
  if (file.includes('/')) return [resolve(directory, file)];
  const path = environment.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  // A relative entry would make it depend on the project which program runs.
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry))
    .map((entry) => join(entry, file));
}

async function executable(path: string): Promise<'yes' | 'forbidden' | 'no'> {
  try {
    if (!(await stat(path)).isFile()) return 'no';
  } catch {
    return 'no';
  }
  try {
    await access(path, constants.X_OK);
    return 'yes';
  } catch {
    return 'forbidden';
  }
}
