import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitVersion, listWorktrees } from '../../src/worktrees/worktrees.ts';
import { temporaryFiles } from '../support/files.ts';

function git(directory: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'pipe' });
}

/** A repository with a project below `server`, and a worktree beside it that has it too. */
function repository(): string {
  const root = temporaryFiles({ 'api/server/index.js': '1', 'api/README.md': '# API' });
  const api = join(root, 'api');
  git(api, 'init', '--quiet', '--initial-branch', 'main');
  git(api, 'add', '.');
  git(api, 'commit', '--quiet', '-m', 'first');
  return root;
}

describe('listWorktrees', () => {
  it('finds the worktrees of a repository', async () => {
    const root = repository();
    git(join(root, 'api'), 'worktree', 'add', '--quiet', '-b', 'feature/x', join(root, 'tree'));
    expect(await listWorktrees(join(root, 'api'))).toEqual([{ branch: 'feature/x', directory: join(root, 'tree') }]);
    expect(await listWorktrees(join(root, 'api', 'server'))).toEqual([
      { branch: 'feature/x', directory: join(root, 'tree', 'server') },
    ]);
    symlinkSync(join(root, 'api'), join(root, 'link'));
    expect(await listWorktrees(join(root, 'link'))).toEqual([{ branch: 'feature/x', directory: join(root, 'tree') }]);
    expect(await listWorktrees(join(root, 'tree'))).toEqual([{ branch: 'main', directory: join(root, 'api') }]);
  });

  it('leaves out worktrees that were deleted, and those that do not have the project', async () => {
    const root = repository();
    git(join(root, 'api'), 'worktree', 'add', '--quiet', '-b', 'gone', join(root, 'gone'));
    git(join(root, 'api'), 'worktree', 'add', '--quiet', '-b', 'other', join(root, 'other'));
    rmSync(join(root, 'gone'), { recursive: true });
    rmSync(join(root, 'other', 'server'), { recursive: true });
    expect(await listWorktrees(join(root, 'api'))).toEqual([{ branch: 'other', directory: join(root, 'other') }]);
    expect(await listWorktrees(join(root, 'api', 'server'))).toEqual([]);
  });

  it('finds nothing, quietly, where there is no repository, no worktree or no directory', async () => {
    const root = repository();
    expect(await listWorktrees(join(root, 'api'))).toEqual([]);
    expect(await listWorktrees(root)).toEqual([]);
    expect(await listWorktrees(join(root, 'nowhere'))).toEqual([]);
    expect(await listWorktrees('/')).toEqual([]);
    const broken = temporaryFiles({ '.git': 'gitdir: /nowhere\n' });
    expect(await listWorktrees(broken)).toEqual([]);
  });

  it('runs nothing that the repository brings along', async () => {
    const root = repository();
    const api = join(root, 'api');
    git(api, 'worktree', 'add', '--quiet', '-b', 'feature', join(root, 'tree'));
    const marker = join(root, 'ran');
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      const file = join(api, '.git', 'hooks', hook);
      writeFileSync(file, `#!/bin/sh\ntouch '${marker}'\n`);
      chmodSync(file, 0o755);
    }
    git(api, 'config', 'core.fsmonitor', `touch '${marker}'`);
    git(api, 'config', 'alias.worktree', `!touch '${marker}'`);
    git(api, 'config', 'core.pager', `touch '${marker}'`);
    expect(await listWorktrees(api)).toHaveLength(1);
    expect(existsSync(marker)).toBe(false);
  });

  it('ends with the signal', async () => {
    const root = repository();
    git(join(root, 'api'), 'worktree', 'add', '--quiet', '-b', 'feature', join(root, 'tree'));
    await expect(listWorktrees(join(root, 'api'), AbortSignal.abort())).rejects.toThrow();
  });
});

describe('gitVersion', () => {
  it('is what git says', async () => {
    const said = execFileSync('git', ['version']).toString();
    expect(said).toContain((await gitVersion()) ?? 'nothing');
  });
});
