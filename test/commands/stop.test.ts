import { expect, test } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];
const decide = JSON.stringify({
  next: 'ask',
  reason: 'both',
  asks: [
    { agent: 'api', prompt: 'x' },
    { agent: 'web', prompt: 'x' },
  ],
});
const answer = JSON.stringify({ next: 'answer', markdown: 'done', disagreements: [], unanswered: [] });

test('stops what runs in this conversation', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } });
  const surface = await createSurface(scene);
  const { turnId } = await surface.say('@api think');
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it works');
  await surface.say('/stop');
  await surface.program.runtime.idle();
  expect(surface.program.ledger.turn(turnId)).toMatchObject({ status: 'stopped' });
});

test('stops one agent, and the question goes on without it', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: {
      agents: { tutti: [{ when: { round: 0 }, answer: decide }, { answer }], api: [{ hang: true }] },
      otherwise: { answer: 'ok' },
    },
    config: { access },
  });
  const surface = await createSurface(scene);
  const { turnId } = await surface.say('what do you both know?');
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'api works');
  await surface.say('/stop @api');
  await surface.program.runtime.idle();
  const result = surface.program.ledger.turn(turnId)?.result as TurnResult;
  expect(result.status).toBe('answered');
  expect(result.rounds[0]?.asks.map((ask) => [ask.agent, ask.status])).toEqual([
    ['api', 'stopped'],
    ['web', 'answered'],
  ]);
});

test('says so when nothing runs, or nothing of that id', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {}, config: { access } }));
  expect((await surface.ask('/stop')).data).toMatchObject({ error: { code: 'nothing-running' } });
  expect((await surface.ask('/stop abc')).data).toMatchObject({ error: { code: 'not-found' } });
});

test('on the command line, several that run are told apart by their ids', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } });
  const surface = await createSurface(scene);
  const one = await surface.say('@api one', { surface: 'terminal', channel: 'a' });
  const two = await surface.say('@api two', { surface: 'terminal', channel: 'b' });
  await waitFor(() => surface.program.runtime.running.size === 2, 'both run');
  const refused = await surface.ask('/stop', { surface: 'terminal', channel: 'command-line' });
  expect(refused).toMatchObject({ exit: 2, data: { error: { hint: expect.stringContaining(one.turnId) } } });
  const stopped = await surface.ask('/stop --conversation b:', { surface: 'terminal', channel: 'command-line' });
  expect([stopped, ...surface.parts].map((part) => part.data)).toContainEqual({ stopped: [two.turnId] });
});
