import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };
const decision = (agents: readonly string[]) =>
  JSON.stringify({ next: 'ask', reason: 'x', asks: agents.map((agent) => ({ agent, prompt: 'x' })) });
const answer = JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] });

test('--rounds bounds the rounds, and --agents whom they may go to', async () => {
  const script = {
    agents: { tutti: [{ when: { phase: 'decide' as const }, answer: decision(['api']) }, { answer }] },
    otherwise: { answer: 'ok' },
  };
  const surface = await createSurface(createScene({ agents: ['api', 'web', 'worker'], script }));
  const bounded = await surface.ask('/ask --rounds 1 what do you know?', here);
  expect(bounded.data).toMatchObject({
    status: 'partial',
    reason: expect.stringContaining('1 round'),
    rounds: [{ number: 1 }],
  });
});

test('less than one round is refused before anything is recorded', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  await expect(surface.say('/ask --rounds 0 why?', here)).rejects.toMatchObject({ code: 'usage', exit: 2 });
  expect(surface.program.ledger.open()).toEqual([]);
});

test('an agent that was not named is not asked, whatever the mind decides', async () => {
  const script = {
    agents: { tutti: [{ when: { phase: 'decide' as const }, answer: decision(['worker']) }, { answer }] },
    otherwise: { answer: 'ok' },
  };
  const scene = createScene({ agents: ['api', 'web', 'worker'], script });
  const surface = await createSurface(scene);
  await surface.ask('/ask --agents api,web what do you know?', here);
  expect(scene.calls().filter((call) => call.agent === 'worker')).toEqual([]);
});

test('--sequential asks one agent after another', async () => {
  const script = {
    agents: { tutti: [{ when: { round: 0 }, answer: decision(['api', 'web']) }, { answer }] },
    otherwise: { delayMs: 100, answer: 'ok' },
  };
  const scene = createScene({ agents: ['api', 'web'], script });
  const surface = await createSurface(scene);
  await surface.ask('/ask --sequential what do you know?', here);
  expect(
    scene
      .calls()
      .filter((call) => call.agent !== 'tutti')
      .map((call) => call.event),
  ).toEqual(['start', 'end', 'start', 'end']);
});

test('an unknown agent is refused before anything is recorded', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  await expect(surface.say('/ask --agents apo why?', here)).rejects.toMatchObject({
    code: 'unknown-agent',
    hint: 'Did you mean api?',
  });
  expect(surface.program.ledger.open()).toEqual([]);
});
