import { expect, test } from 'vitest';
import type { TurnView } from '../../src/commands/services.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];

function turns(data: unknown): readonly TurnView[] {
  return (data as { turns: readonly TurnView[] }).turns;
}

async function busy() {
  const scene = createScene({
    agents: ['api'],
    script: {
      agents: { api: [{ hang: true }, { answer: 'ok' }] },
      otherwise: { answer: 'ok' },
    },
    config: { access },
  });
  const surface = await createSurface(scene);
  const first = await surface.say('@api the first thing');
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the first runs');
  const second = await surface.say('@api second');
  const third = await surface.say('@api third');
  return { scene, surface, first, second, third };
}

test('what waits is listed in order, moved, held, released and dropped', async () => {
  const { scene, surface, first, second, third } = await busy();
  const waiting = async () => turns((await surface.ask('/queue')).data).map((turn) => [turn.turnId, turn.state]);
  expect(await waiting()).toEqual([
    [second.turnId, 'waiting'],
    [third.turnId, 'waiting'],
  ]);
  await surface.ask(`/queue move ${third.turnId} 1`);
  expect(await waiting()).toEqual([
    [third.turnId, 'waiting'],
    [second.turnId, 'waiting'],
  ]);
  await surface.ask(`/queue hold ${third.turnId}`);
  expect(await waiting()).toEqual([
    [third.turnId, 'held'],
    [second.turnId, 'waiting'],
  ]);
  await surface.ask(`/stop ${first.turnId}`);
  await waitFor(
    () => surface.program.ledger.turn(second.turnId)?.status === 'answered',
    'the second passes the held one',
  );
  expect(surface.program.ledger.turn(third.turnId)?.state).toBe('accepted');
  await surface.ask(`/queue hold ${third.turnId} --release`);
  await waitFor(() => surface.program.ledger.turn(third.turnId)?.status === 'answered', 'the released one runs');
  expect(scene.calls().filter((call) => call.event === 'end')).toHaveLength(2);
});

test('a dropped question is never asked, and says that it was stopped', async () => {
  const { scene, surface, second } = await busy();
  await surface.say(`/queue drop ${second.turnId}`);
  await waitFor(() => surface.program.ledger.turn(second.turnId)?.status === 'stopped', 'it is dropped');
  expect(scene.calls().some((call) => call.prompt.includes('second'))).toBe(false);
});

test("only its asker, or somebody with the right admin, changes a question's place", async () => {
  const { surface, second } = await busy();
  expect((await surface.ask(`/queue drop ${second.turnId}`, { by: 'bob' })).data).toMatchObject({
    error: { code: 'denied', hint: expect.stringContaining('admin') },
  });
});
