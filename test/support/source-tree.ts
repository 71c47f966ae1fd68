import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One import (or re-export) of a source file. */
export interface SourceImport {
  /** Path below the tree for files of ours, the specifier for packages. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Gone at run time. */
  readonly isType: boolean;
  /** Loaded when it is first needed. */
  readonly isLazy: boolean;
}

export interface SourceFile {
  /** Below the tree, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly SourceImport[];
}

/** All TypeScript files below a directory. Import statements are recognised as the formatter writes them. */
export function readSourceTree(directory: string): readonly SourceFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => parseSourceFile(path.replaceAll('\\', '/'), readFileSync(join(directory, path), 'utf8')));
}

/** Reads one file's imports. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const statements = [...text.matchAll(/^(?:import|export)\s(type\s)?(?:[^;'"]*?\sfrom\s)?'([^']+)'/gm)];
  const calls = [...text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'/g)];
  return {
    path,
    text,
    imports: [
      ...statements.map(([, type, target = '']) =>
        importOf(path, target, { isType: type !== undefined, isLazy: false }),
      ),
      ...calls.map(([, type, target = '']) => importOf(path, target, { isType: type !== undefined, isLazy: true })),
    ],
  };
}

function importOf(path: string, target: string, kind: Pick<SourceImport, 'isType' | 'isLazy'>): SourceImport {
  if (!target.startsWith('.')) return { target, isPackage: true, ...kind };
  return { target: posix.normalize(posix.join(posix.dirname(path), target)), isPackage: false, ...kind };
}

/** Everything that is loaded with a file before anything of it runs: the files, and the packages with the file that wants them. */
export function loadedWith(
  entry: string,
  tree: readonly SourceFile[],
): { readonly files: ReadonlySet<string>; readonly packages: ReadonlyMap<string, string> } {
  const byPath = new Map(tree.map((file) => [file.path, file]));
  const files = new Set<string>();
  const packages = new Map<string, string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    for (const { target, isPackage, isType, isLazy } of byPath.get(path)?.imports ?? []) {
      if (isType || isLazy) continue;
      if (isPackage) packages.set(target, path);
      else open.push(target);
    }
  }
  return { files, packages };
}
