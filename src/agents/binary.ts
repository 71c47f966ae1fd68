import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export type BinarySearch =
  | { readonly found: true; readonly path: string }
  /** `path` names a file that is there and may not be run. */
  | { readonly found: false; readonly path: string | null };

/**
 * Where a program is: on the PATH of `environment`, or, with a slash in its name, below `directory`. The same search that the
 * operating system would do, made beforehand so that the failure can be named. Blocks for less than a trip to another thread would take.
 */
export function findBinary(file: string, environment: Readonly<Record<string, string>>, directory = '/'): BinarySearch {
  let forbidden: string | null = null;
  for (const candidate of candidates(file, environment, directory)) {
    const state = executable(candidate);
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

function executable(path: string): 'yes' | 'forbidden' | 'no' {
  try {
    if (!statSync(path).isFile()) return 'no';
  } catch {
    return 'no';
  }
  try {
    accessSync(path, constants.X_OK);
    return 'yes';
  } catch {
    return 'forbidden';
  }
}
