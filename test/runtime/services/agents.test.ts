import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AgentView } from '../../../src/commands/services.ts';
import { createScene } from '../../support/program.ts';
import { createSurface } from '../../support/surface.ts';
import { waitFor } from '../../support/wait-for.ts';

const here = { surface: 'terminal' };

test('a worktree is listed under its agent, addressed by its branch, and asked in its own directory', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { answer: 'ok' } } });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: join(scene.directory, 'api'),
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('worktree', 'add', '-q', '-b', 'feature/x', join(scene.directory, 'trees', 'x'));
  const surface = await createSurface(scene);
  const { agents } = (await surface.ask('/agents', here)).data as { agents: AgentView[] };
  expect(agents[0]?.worktrees).toEqual([{ branch: 'feature/x', directory: join(scene.directory, 'trees', 'x') }]);
  await surface.ask('@api/feature/x hello', here);
  expect(scene.calls().at(-1)?.directory).toBe(join(scene.directory, 'trees', 'x'));
});

test('an agent that is asked is working', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } } });
  const surface = await createSurface(scene);
  await surface.say('@api think', here);
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it works');
  expect((await surface.ask('/agents', here)).data).toMatchObject({ agents: [{ name: 'api', status: 'working' }] });
});
