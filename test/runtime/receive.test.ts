import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];
const script = { otherwise: { answer: 'ok' } };

test('what is recorded is masked and holds no control characters', async () => {
  const scene = createScene({
    agents: ['api'],
    agent: { env: { API_TOKEN: 'the-secret-value-123456' } },
    script,
    config: { access },
  });
  const surface = await createSurface(scene);
  const { turnId } = await surface.say('@api is the-secret-value-123456 \u001b[31mright\u001b[0m?');
  expect(surface.program.ledger.turn(turnId)?.message.text).toBe('@api is [API_TOKEN] right?');
});

test('messages of a conversation are accepted in the order in which they came', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  const texts = Array.from({ length: 10 }, (_, index) => `@api ${index}`);
  const received = await Promise.all(texts.map((text) => surface.say(text)));
  const sequences = received.map(({ turnId }) => surface.program.ledger.turn(turnId)?.sequence ?? 0);
  expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
  await surface.program.runtime.idle();
});

test('a person asks no more than is allowed within an hour; others may', async () => {
  const surface = await createSurface(
    createScene({ agents: ['api'], script, config: { access, limits: { perPersonPerHour: 1 } } }),
  );
  await surface.ask('@api one');
  await expect(surface.say('@api two')).rejects.toMatchObject({ code: 'too-many-questions' });
  expect((await surface.ask('@api three', { by: 'bob' })).markdown).toBe('ok');
});

test('a message that comes again is counted, and refused, no more', async () => {
  const surface = await createSurface(
    createScene({ agents: ['api'], script, config: { access, limits: { perPersonPerHour: 2 } } }),
  );
  const first = await surface.say('@api one', { id: 'm1' });
  for (let index = 0; index < 3; index += 1)
    expect(await surface.say('@api one', { id: 'm1' })).toEqual({ turnId: first.turnId, repeated: true });
  await surface.say('@api two', { id: 'm2' });
  await surface.program.runtime.idle();
});

test('a look-up on the terminal leaves no trace; on a shared surface it cannot be lost', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  const local = await surface.say('/status', { surface: 'terminal' });
  expect(surface.program.ledger.turn(local.turnId)).toBeNull();
  const shared = await surface.say('/status', { id: 'm1' });
  expect(surface.program.ledger.turn(shared.turnId)?.kind).toBe('command');
  expect(await surface.say('/status', { id: 'm1' })).toEqual({ turnId: shared.turnId, repeated: true });
  await surface.program.runtime.idle();
  expect(surface.program.ledger.conversation('slack:C1:', 5)).toEqual([]);
});
