import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];
const script = {
  agents: {
    tutti: [
      {
        when: { round: 0 },
        answer: JSON.stringify({ next: 'ask', reason: 'x', asks: [{ agent: 'api', prompt: 'x' }] }),
      },
      { answer: JSON.stringify({ next: 'answer', markdown: 'by the mind', disagreements: [], unanswered: [] }) },
    ],
  },
  otherwise: { answer: 'ok' },
};

test('the question chooses the model before its place, and its place before the configuration', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script,
    config: { access, channels: { C9: { moderator: { model: 'search' } } } },
  });
  const surface = await createSurface(scene);
  expect((await surface.ask('what is there?')).markdown).toBe('by the mind');
  expect((await surface.ask('what is there?', { channel: 'C9' })).markdown).not.toBe('by the mind');
  expect((await surface.ask('/ask --model search what is there?')).markdown).not.toBe('by the mind');
});

test('a model that cannot be had ends the turn with what to do', async () => {
  const surface = await createSurface(createScene({ agents: ['api', 'web'], script, config: { access } }));
  const part = await surface.ask('/ask --model nonsense what is there?');
  expect(part.data).toMatchObject({ status: 'failed', reason: expect.stringContaining('nonsense') });
});

test('the footer says that no model was used only where none was', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script,
    agent: { provider: 'search', command: undefined },
    config: { access },
  });
  const surface = await createSurface(scene);
  expect((await surface.ask('/ask --model search where is main?')).footer).toContain('no model was used');
  expect((await surface.ask('@api where is main?')).footer).toContain('no model was used');
  expect((await surface.ask('where is main?')).footer).not.toContain('no model was used');
});
