import { expect, test } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const here = { surface: 'terminal' };
const decide = (round: number, agent: string) => ({
  when: { round },
  answer: JSON.stringify({ next: 'ask', reason: `round ${round + 1}`, asks: [{ agent, prompt: 'x' }] }),
});
const answer = { answer: JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] }) };

test('after a crash in the second round, the first one is not asked again and its reply reaches the mind', async () => {
  const script = {
    logPrompt: 100_000,
    agents: { tutti: [decide(0, 'api'), decide(1, 'web'), answer], web: [{ hang: true }, { answer: 'from web' }] },
    otherwise: { answer: 'what only api knows' },
  };
  const scene = createScene({ agents: ['api', 'web'], script });
  const first = await createSurface(scene, 'repl');
  await first.say('what do you know?', here);
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the second round works');
  await first.program.close(0);
  const second = await createSurface(scene, 'repl');
  await second.program.runtime.adopt(() => true);
  await second.program.runtime.idle();
  const result = second.parts[0]?.data as TurnResult;
  expect(result).toMatchObject({ status: 'answered', answer: 'done' });
  expect(result.rounds.map((round) => round.asks.map((ask) => [ask.agent, ask.retried]))).toEqual([
    [['api', false]],
    [['web', true]],
  ]);
  const starts = scene.calls().filter((call) => call.event === 'start');
  expect(starts.filter((call) => call.agent === 'api')).toHaveLength(1);
  expect(starts.at(-1)?.prompt).toContain('what only api knows');
});

test('the time that is left for concluding is not spent on asks', async () => {
  const script = {
    agents: { tutti: [decide(0, 'api'), { ...answer, when: { phase: 'conclude' as const } }] },
    otherwise: { hang: true },
  };
  const surface = await createSurface(
    createScene({ agents: ['api', 'web'], script, config: { moderator: { timeout: '3s' } } }),
  );
  const part = await surface.ask('what do you know?', here);
  const result = part.data as TurnResult;
  expect(result.rounds[0]?.asks[0]).toMatchObject({ status: 'timed-out' });
  expect(['partial', 'timed-out', 'failed']).toContain(result.status);
}, 30_000);
