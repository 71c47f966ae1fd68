import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];

test('shows what runs with its agents, and what waits with its reason', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } });
  const surface = await createSurface(scene);
  const { turnId } = await surface.say('@api think hard');
  await surface.say('@api and then this');
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it works');
  const status = await surface.ask('/status');
  expect(status.data).toMatchObject({
    version: '0.0.0-test',
    instances: [{ role: 'serve', pid: process.pid }],
    turns: [
      {
        turnId,
        state: 'running',
        reason: null,
        by: 'alice',
        question: '@api think hard',
        asks: [{ agent: 'api', status: 'asking' }],
      },
      { state: 'waiting', reason: 'waits for 1 before it', asks: [] },
    ],
  });
  expect(status.markdown).toContain('think hard');
});

test('work in private is not shown elsewhere', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } });
  const surface = await createSurface(scene);
  await surface.say('@api a secret plan', { channel: 'D1', private: true });
  expect((await surface.ask('/status')).data).toMatchObject({ turns: [] });
  expect((await surface.ask('/status', { channel: 'D1', private: true })).data).toMatchObject({
    turns: [{ by: 'alice' }],
  });
});
