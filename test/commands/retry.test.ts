import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };
const decide = (round: number, agents: readonly string[]) => ({
  when: { round },
  answer: JSON.stringify({ next: 'ask', reason: 'x', asks: agents.map((agent) => ({ agent, prompt: 'x' })) }),
});
const answer = { answer: JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] }) };

test('asks again what failed, and only that', async () => {
  const scene = createScene({
    agents: ['api', 'web', 'worker'],
    script: {
      agents: {
        tutti: [decide(0, ['api', 'web', 'worker']), answer],
        web: [{ exit: 1 }, { answer: 'ok' }],
        worker: [{ exit: 1 }],
      },
      otherwise: { answer: 'ok' },
    },
  });
  const surface = await createSurface(scene);
  await surface.ask('what do you know?', here);
  const again = await surface.ask('/retry @web', here);
  expect(again.data).toMatchObject({ status: 'answered', question: 'what do you know?' });
  const starts = (agent: string) =>
    scene.calls().filter((call) => call.event === 'start' && call.agent === agent).length;
  expect(['api', 'web', 'worker'].map(starts)).toEqual([1, 2, 1]);
});

test('what did not fail is not asked again', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: { otherwise: { answer: 'ok' } } }));
  await expect(surface.say('/retry', here)).rejects.toMatchObject({ code: 'nothing-to-retry', exit: 2 });
  await surface.ask('@api hello', here);
  await expect(surface.say('/retry', here)).rejects.toMatchObject({ code: 'nothing-to-retry' });
  await expect(surface.say('/retry api', here)).rejects.toMatchObject({
    message: expect.stringContaining('api did not fail'),
  });
});

test('the direct path can be tried again too', async () => {
  const scene = createScene({ agents: ['api'], script: { agents: { api: [{ exit: 1 }, { answer: 'now' }] } } });
  const surface = await createSurface(scene);
  expect((await surface.ask('@api hello', here)).exit).toBe(1);
  expect((await surface.ask('/retry', here)).markdown).toBe('now');
});
