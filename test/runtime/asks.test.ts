import { expect, test } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const here = { surface: 'terminal' };

test('one writer in a directory at a time, over conversations', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { delayMs: 150, answer: 'ok' } } });
  const surface = await createSurface(scene);
  await surface.say('/send api --write one', { ...here, channel: 'a' });
  await surface.say('/send api --write two', { ...here, channel: 'b' });
  await surface.program.runtime.idle();
  expect(scene.calls().map((call) => call.event)).toEqual(['start', 'end', 'start', 'end']);
});

test('who reads beside a writer is told so', async () => {
  const scene = createScene({
    agents: ['api'],
    script: {
      agents: { api: [{ when: { prompt: 'change' }, hang: true }, { answer: 'ok' }] },
      otherwise: { answer: 'ok' },
    },
  });
  const surface = await createSurface(scene);
  await surface.say('/send api --write change it', { ...here, channel: 'a' });
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the writer works');
  const read = await surface.ask('/send api what is there?', { ...here, channel: 'b' });
  expect(read.footer).toContain('@api was read while another turn was writing');
});

test('no more asks run at once than are configured', async () => {
  const scene = createScene({
    agents: ['api', 'web', 'worker'],
    script: { otherwise: { delayMs: 100, answer: 'ok' } },
    config: { limits: { concurrentAsks: 1 } },
  });
  const surface = await createSurface(scene);
  for (const agent of ['api', 'web', 'worker']) await surface.say(`/send ${agent} hello`, { ...here, channel: agent });
  await surface.program.runtime.idle();
  expect(scene.calls().map((call) => call.event)).toEqual(['start', 'end', 'start', 'end', 'start', 'end']);
});

test('a writing ask that a crash interrupted goes on in its own session, told to look first; without a session a person decides', async () => {
  const hangs = { api: [{ hang: true }, { answer: 'went on: {prompt}' }] };
  const scene = createScene({ agents: ['api'], script: { agents: hangs } });
  const first = await createSurface(scene, 'repl');
  await first.say('/send api --write change it', here);
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it works');
  await first.program.close(0);
  const second = await createSurface(scene, 'repl');
  await second.program.runtime.adopt(() => true);
  await second.program.runtime.idle();
  const [part] = second.parts;
  expect(part?.markdown).toContain('check what is already done');
  expect(
    scene
      .calls()
      .filter((call) => call.event === 'start')
      .map((call) => call.resumed),
  ).toEqual([false, true]);
  const [turn] = second.program.ledger.conversation('terminal:C1:', 1);
  expect((turn?.result as TurnResult | undefined)?.rounds[0]?.asks[0]).toMatchObject({ retried: true, access: 'edit' });
});
