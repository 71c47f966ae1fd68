import { expect, test } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('the conversation so far reaches the next question, another conversation never does', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: {
      logPrompt: 100_000,
      agents: {
        tutti: [{ answer: JSON.stringify({ next: 'answer', markdown: 'noted', disagreements: [], unanswered: [] }) }],
      },
    },
  });
  const surface = await createSurface(scene);
  await surface.ask('my favourite number is 7341', { ...here, channel: 'a' });
  await surface.ask('what is it?', { ...here, channel: 'a' });
  await surface.ask('and here?', { ...here, channel: 'b' });
  const prompts = scene
    .calls()
    .filter((call) => call.event === 'start')
    .map((call) => call.prompt.includes('7341'));
  expect(prompts).toEqual([true, true, false]);
});

test('a --write that names nobody writes nothing, and says so', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: {
      agents: {
        tutti: [
          {
            when: { round: 0 },
            answer: JSON.stringify({ next: 'ask', reason: 'x', asks: [{ agent: 'api', prompt: 'x' }] }),
          },
          { answer: JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] }) },
        ],
      },
      otherwise: { answer: 'ok' },
    },
  });
  const surface = await createSurface(scene);
  const part = await surface.ask('/ask --write change it', here);
  expect((part.data as TurnResult).rounds[0]?.asks[0]?.access).toBe('read');
  expect(part.footer).toContain('nothing may be written');
});

test('what the mind says is masked', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    agent: { env: { API_TOKEN: 'the-secret-value-123456' } },
    script: {
      agents: {
        tutti: [
          {
            answer: JSON.stringify({
              next: 'answer',
              markdown: 'It is the-secret-value-123456.',
              disagreements: [{ topic: 't', positions: [{ agent: 'api', claim: 'the-secret-value-123456' }] }],
              unanswered: ['the-secret-value-123456'],
            }),
          },
        ],
      },
    },
  });
  const surface = await createSurface(scene);
  const part = await surface.ask('what is it?', here);
  expect(JSON.stringify(part)).not.toContain('the-secret-value-123456');
  expect(part.markdown).toContain('[API_TOKEN]');
});
