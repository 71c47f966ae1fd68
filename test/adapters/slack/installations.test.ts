import { expect, it } from 'vitest';
import { createInstallations, type Installation } from '../../../src/adapters/slack/installations.ts';
import { memoryRecords } from '../../support/slack/records.ts';

const installation: Installation = {
  team: 'T1',
  name: 'One',
  installedAt: '2026-01-01T10:00:00.000Z',
  tokens: { token: 'xoxb-1', refreshToken: 'xoxe-1', expiresAt: 5 },
};
const forever = {
  ...installation,
  team: 'T2',
  name: 'Two',
  tokens: { token: 'xoxb-2', refreshToken: null, expiresAt: null },
};

async function two(key = 'secret') {
  const records = memoryRecords<never>();
  const installations = createInstallations(records, key);
  await installations.set(installation);
  await installations.set(forever);
  return { records, installations };
}

it('keeps workspaces and gives them back, with no token to be read in what is kept', async () => {
  const { records, installations } = await two();
  expect(await installations.all()).toEqual([installation, forever]);
  expect(await installations.get('T1')).toEqual({ name: 'One', installedAt: installation.installedAt });
  expect(JSON.stringify(await Array.fromAsync(records.entries()))).not.toMatch(/xoxb|xoxe/);
  await installations.delete('T1');
  expect(await installations.all()).toEqual([forever]);
});

it('says which workspaces another key does not open, and loses nothing', async () => {
  const { records, installations } = await two();
  const before = await Array.fromAsync(records.entries());
  await expect(createInstallations(records, 'another').all()).rejects.toMatchObject({
    code: 'slack-secret-key',
    message: expect.stringContaining('does not open the tokens of One, Two'),
    exit: 2,
  });
  expect(await Array.fromAsync(records.entries())).toEqual(before);
  expect(await installations.all()).toHaveLength(2);
});

it('opens no tokens that were put in another workspace’s place', async () => {
  const { records, installations } = await two();
  const [[, record]] = (await Array.fromAsync(records.entries())) as [[string, never]];
  await records.set('T2', record);
  await expect(installations.all()).rejects.toMatchObject({ code: 'slack-secret-key' });
});
