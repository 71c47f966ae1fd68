import { expect, test } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { createScene, providersLeft } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

// Scripted agents are only told not to write, so asking them takes both rights.
const everybody = [{ surface: 'slack', may: ['read', 'write'] }];
const ok = { otherwise: { answer: 'ok' } };

test('a message is answered in its place, and a repeat of it changes nothing', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: ok, config: { access: everybody } }));
  const first = await surface.say('@api why?', { id: 'same' });
  const second = await surface.say('@api why?', { id: 'same' });
  expect(second).toEqual({ turnId: first.turnId, repeated: true });
  await surface.program.runtime.idle();
  expect(surface.parts).toMatchObject([{ kind: 'answer', markdown: 'ok', exit: 0, turnId: first.turnId }]);
});

test('nobody may do anything until a rule says so', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: ok }));
  await expect(surface.say('@api why?')).rejects.toMatchObject({ code: 'denied', exit: 4 });
  await expect(surface.say('/status')).rejects.toMatchObject({ code: 'denied', exit: 4 });
  expect(surface.program.ledger.open()).toEqual([]);
  expect(surface.parts).toEqual([]);
});

test('each right is needed for what it stands for', async () => {
  const access = [
    { surface: 'slack', may: ['read', 'write'], users: ['U-bob'] },
    { surface: 'slack', may: ['read'], users: ['U-alice'] },
  ];
  const surface = await createSurface(
    createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } }),
  );
  await expect(surface.say('@api think')).rejects.toMatchObject({ code: 'denied' });
  await expect(surface.say('/group set some api', { by: 'bob' })).rejects.toMatchObject({ code: 'denied' });
  const { turnId } = await surface.say('@api think', { by: 'bob' });
  await waitFor(() => surface.program.runtime.running.has(turnId), 'it runs');
  expect((await surface.ask(`/stop ${turnId}`)).data).toMatchObject({ error: { code: 'denied' } });
  await surface.say(`/stop ${turnId}`, { by: 'bob' });
  await surface.program.runtime.idle();
  expect(surface.program.ledger.turn(turnId)?.status).toBe('stopped');
});

test('conversations run beside each other, questions of one conversation one after another', async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: { otherwise: { delayMs: 200, answer: 'ok' } },
    config: { access: everybody },
  });
  const surface = await createSurface(scene);
  await Promise.all([surface.say('@api one'), surface.say('@api two'), surface.say('@web three', { channel: 'C2' })]);
  expect(surface.events).toContainEqual(expect.objectContaining({ type: 'queued', position: 1 }));
  await surface.program.runtime.idle();
  const marks = scene.calls().map((call) => `${call.conversation} ${call.event}`);
  expect(marks.filter((mark) => mark.startsWith('slack:C1'))).toEqual([
    'slack:C1: start',
    'slack:C1: end',
    'slack:C1: start',
    'slack:C1: end',
  ]);
  expect(marks.indexOf('slack:C2: start')).toBeLessThan(marks.lastIndexOf('slack:C1: start'));
});

test('a conversation takes no more questions than its queue holds', async () => {
  const surface = await createSurface(
    createScene({
      agents: ['api'],
      script: { otherwise: { hang: true } },
      config: { access: everybody, limits: { queuePerConversation: 1 } },
    }),
  );
  await surface.say('@api one');
  await surface.say('@api two');
  await expect(surface.say('@api three')).rejects.toMatchObject({ code: 'queue-full' });
});

test('an outage of the platform loses nothing', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: ok, config: { access: everybody } }));
  surface.failing = true;
  const { turnId } = await surface.say('@api why?');
  await waitFor(() => surface.program.ledger.turn(turnId)?.state === 'settled', 'it is settled');
  expect(surface.parts).toEqual([]);
  surface.failing = false;
  await surface.program.runtime.idle();
  expect(surface.parts).toMatchObject([{ markdown: 'ok' }]);
});

test('a name that is close to one is asked back, and the reply goes on from there', async () => {
  const surface = await createSurface(
    createScene({ agents: ['api', 'web'], script: ok, config: { access: everybody } }),
  );
  const asked = await surface.ask('@apj why?');
  expect(asked).toMatchObject({ exit: 3, markdown: 'There is no @apj. Did you mean @api?' });
  expect((await surface.ask('@api why?')).markdown).toBe('ok');
  expect(surface.program.ledger.conversation('slack:C1:', 1)[0]?.carries).toBe(asked.turnId);
});

test('a program that ends leaves what runs to the next one, which answers it', async () => {
  const scene = createScene({
    agents: ['api'],
    script: { agents: { api: [{ hang: true }, { answer: 'at last' }] } },
    config: { access: everybody },
  });
  const first = await createSurface(scene);
  const { turnId } = await first.say('@api why?');
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the agent works');
  await first.program.close(0);
  expect(providersLeft(scene.directory)).toEqual([]);
  expect(first.parts).toEqual([]);
  const second = await createSurface(scene);
  await second.program.runtime.adopt(() => true);
  await second.program.runtime.idle();
  expect(second.parts).toMatchObject([{ turnId, markdown: 'at last' }]);
  const result = second.parts[0]?.data as TurnResult;
  expect(result.rounds[0]?.asks[0]).toMatchObject({ retried: true });
});
