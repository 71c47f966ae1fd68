import { describe, expect, it } from 'vitest';
import { parseWorktrees } from '../../src/worktrees/porcelain.ts';

const output = `worktree /projects/api
HEAD 1111111111111111111111111111111111111111
branch refs/heads/main

worktree /projects/trees/feature x
HEAD 2222222222222222222222222222222222222222
branch refs/heads/feature/x
locked because "it" matters

worktree /projects/trees/detached
HEAD 3333333333333333333333333333333333333333
detached

worktree /projects/api-2
HEAD 4444444444444444444444444444444444444444
branch refs/heads/second
prunable gitdir file points to non-existent location

`;

describe('parseWorktrees', () => {
  it('names the other worktrees by their branches', () => {
    expect(parseWorktrees(output, '/projects/api')).toEqual([
      { branch: 'feature/x', directory: '/projects/trees/feature x' },
      { branch: 'second', directory: '/projects/api-2' },
    ]);
  });

  it('points at the same part of each worktree, where the project is a part of its repository', () => {
    expect(parseWorktrees(output, '/projects/api/packages/server')[0]).toEqual({
      branch: 'feature/x',
      directory: '/projects/trees/feature x/packages/server',
    });
  });

  it('counts the main checkout as one of the others when it is seen from a worktree', () => {
    expect(parseWorktrees(output, '/projects/trees/feature x').map(({ branch }) => branch)).toEqual(['main', 'second']);
  });

  it('knows which worktree a directory is in when one lies inside another', () => {
    const nested = 'worktree /a\nbranch refs/heads/main\n\nworktree /a/.trees/b\nbranch refs/heads/b\n\n';
    expect(parseWorktrees(nested, '/a/.trees/b/src')).toEqual([{ branch: 'main', directory: '/a/src' }]);
    expect(parseWorktrees(nested, '/a/.trees')).toEqual([{ branch: 'b', directory: '/a/.trees/b/.trees' }]);
  });

  it('has nothing to say where the directory is in none of them', () => {
    expect(parseWorktrees(output, '/projects/api-3')).toEqual([]);
    expect(parseWorktrees('', '/projects/api')).toEqual([]);
    expect(parseWorktrees('worktree /bare.git\nbare\n\n', '/work')).toEqual([]);
  });
});
