import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseWorktrees, type Worktree } from './porcelain.ts';

/**
 * The git worktrees nested under a project: what `@agent/branch` can address, with the directories where the project is in each.
 * Runs none of the repository's hooks. Empty where there is no repository, no git, or nothing but the project itself; never rejects
 * but for the signal.
 */
export async function listWorktrees(directory: string, signal?: AbortSignal): Promise<readonly Worktree[]> {
  const place = realPath(directory);
  if (place === null || !mayHaveWorktrees(place)) return [];
  const output = await git(place, ['worktree', 'list', '--porcelain'], signal);
  return output === null ? [] : parseWorktrees(output, place).filter((worktree) => existsSync(worktree.directory));
}

/** The version of the installed git, as `2.39.5`; null where there is none. */
export async function gitVersion(): Promise<string | null> {
  const output = await git('/', ['version']);
  return /git version (\S+)/.exec(output ?? '')?.[1] ?? null;
}

/** What git prints, or null where it fails. Variables that steer git (`GIT_DIR`, …) do not reach it: simple-git takes them out. */
async function git(directory: string, args: readonly string[], signal?: AbortSignal): Promise<string | null> {
  const { simpleGit } = await import('simple-git');
  try {
    return await simpleGit({ baseDir: directory, ...(signal === undefined ? {} : { abort: signal }) }).raw([...args]);
  } catch (error) {
    if (signal?.aborted) throw error;
    return null;
  }
}

/** Asked for every message, so a repository without worktrees must not cost a process: it has nothing below `.git/worktrees`. */
function mayHaveWorktrees(directory: string): boolean {
  const repository = join(directory, '.git');
  if (existsSync(repository)) return holdsSomething(join(repository, 'worktrees'));
  const above = dirname(directory);
  return above !== directory && mayHaveWorktrees(above);
}

/** True in doubt: where `.git` is a file, git itself has to follow it. */
function holdsSomething(directory: string): boolean {
  try {
    return readdirSync(directory).length > 0;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
