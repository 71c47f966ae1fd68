import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('a group addresses its agents until it is removed', async () => {
  const scene = createScene({
    agents: ['api', 'web', 'worker'],
    script: {
      agents: {
        tutti: [
          {
            when: { round: 0 },
            answer: JSON.stringify({ next: 'ask', reason: 'x', asks: [{ agent: 'worker', prompt: 'x' }] }),
          },
          { answer: JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] }) },
        ],
      },
      otherwise: { answer: 'ok' },
    },
  });
  const surface = await createSurface(scene);
  expect((await surface.ask('/group set backend api @worker', here)).data).toEqual({
    group: { name: 'backend', agents: ['api', 'worker'] },
  });
  expect((await surface.ask('/group', here)).data).toEqual({
    groups: [{ name: 'backend', agents: ['api', 'worker'] }],
  });
  expect((await surface.ask('@backend what do you do?', here)).markdown).toBe('done');
  await surface.ask('/group remove backend', here);
  expect((await surface.ask('/group list', here)).data).toEqual({ groups: [] });
});

test('a group needs agents that there are, and a name that is free', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  expect((await surface.ask('/group set api api', here)).data).toMatchObject({ error: { code: 'name-taken' } });
  expect((await surface.ask('/group set some nobody', here)).data).toMatchObject({ error: { code: 'unknown-agent' } });
  expect((await surface.ask('/group remove some', here)).data).toMatchObject({ error: { code: 'unknown-group' } });
});
