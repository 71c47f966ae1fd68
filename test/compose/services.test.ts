import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

test('commands reach the agents, the turns and the history of this program', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: { otherwise: { answer: 'ok' } } }));
  const here = { surface: 'terminal' };
  await surface.ask('@api hello', here);
  expect((await surface.ask('/agents', here)).data).toMatchObject({ agents: [{ name: 'api', status: 'ready' }] });
  expect((await surface.ask('/history', here)).data).toMatchObject({
    entries: [{ kind: 'answer' }, { kind: 'reply' }, { kind: 'ask' }, { kind: 'question' }],
  });
  expect((await surface.ask('/status', here)).data).toMatchObject({ turns: [] });
});
