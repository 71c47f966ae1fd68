import { relative, resolve, sep } from 'node:path';

export interface Worktree {
  readonly branch: string;
  /** Absolute. */
  readonly directory: string;
}

/**
 * The other worktrees in the output of `git worktree list --porcelain`, as seen from a directory (its real path) inside one of them:
 * the same place in each, since a project may be a part of its repository. Those without a branch have no name and are left out.
 */
export function parseWorktrees(output: string, directory: string): readonly Worktree[] {
  const entries = output.split(/\n\n+/).flatMap((block) => {
    const path = attribute(block, 'worktree');
    return path === null ? [] : [{ path, branch: attribute(block, 'branch')?.replace(/^refs\/heads\//, '') ?? null }];
  });
  const own = entries
    .filter(({ path }) => contains(path, directory))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
  if (own === undefined) return [];
  const part = relative(own.path, directory);
  return entries.flatMap(({ path, branch }) =>
    branch === null || path === own.path ? [] : [{ branch, directory: resolve(path, part) }],
  );
}

function attribute(block: string, name: string): string | null {
  const line = block.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? null : line.slice(name.length + 1);
}

function contains(parent: string, child: string): boolean {
  return child === parent || child.startsWith(parent.endsWith(sep) ? parent : parent + sep);
}
