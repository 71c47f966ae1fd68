import { expect, it } from 'vitest';
import { createInstallState } from '../../../src/adapters/slack/install-state.ts';
import { signingKey } from '../../../src/adapters/slack/seal.ts';
import { memoryRecords } from '../../support/slack/records.ts';

const now = new Date('2026-01-01T10:00:00Z');
const asked = { scopes: ['chat:write'] };

function states(secret = 'secret', used = memoryRecords<true>()) {
  return createInstallState({ asked, key: signingKey(secret, 'test'), used });
}

it('lets a state be used once, also after a restart', async () => {
  const used = memoryRecords<true>();
  const state = await states('secret', used).generateStateParam(asked, now);
  const [one, other] = await Promise.allSettled(
    [states('secret', used)].flatMap((made) => [made.verifyStateParam(now, state), made.verifyStateParam(now, state)]),
  );
  expect(one).toEqual({ status: 'fulfilled', value: asked });
  expect(other).toMatchObject({ status: 'rejected', reason: { code: 'slack-install' } });
  await expect(states('secret', used).verifyStateParam(now, state)).rejects.toThrow('It was finished before.');
});

it('refuses what was not made here, what was changed, and what is older than ten minutes', async () => {
  const made = states();
  const state = await made.generateStateParam(asked, now);
  await expect(states('another').verifyStateParam(now, state)).rejects.toThrow('It was not begun here.');
  await expect(made.verifyStateParam(now, state.replace(/^\d/, '9'))).rejects.toThrow('It was not begun here.');
  await expect(made.verifyStateParam(now, '')).rejects.toThrow('It was not begun here.');
  const later = new Date(now.getTime() + 601_000);
  await expect(made.verifyStateParam(later, state)).rejects.toThrow('longer than ten minutes');
  await expect(made.verifyStateParam(now, state)).resolves.toEqual(asked);
});
