import { expect, it } from 'vitest';
import type { SharedHost } from '../../../src/adapters/adapter.ts';
import { installOptions } from '../../../src/adapters/slack/installing.ts';
import { UserError } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';
import { memoryRecords } from '../../support/slack/records.ts';

const log = createLog({ level: 'silent', mask: (text) => text });
const now = new Date('2026-01-01T10:00:00Z');
const bot = { token: 'xoxb-double-bot-token', scopes: [], id: 'B1', userId: 'U1' };
const installation = {
  team: { id: 'T1', name: 'One' },
  enterprise: undefined,
  user: { token: undefined, scopes: undefined, id: 'U1ALICE' },
  bot: { ...bot, refreshToken: 'xoxe-1', expiresAt: 1_800_000_000 },
};

async function options(refused: UserError | null = null) {
  const slack = await startSlack();
  const installed: unknown[] = [];
  const host = { records: memoryRecords } as Pick<SharedHost, 'records'> as SharedHost;
  const made = installOptions({
    oauth: { clientId: '1', clientSecret: '2', secretKey: '3', port: 3000, allowed: [] },
    apiUrl: slack.environment.SLACK_API_URL ?? '',
    host,
    installed: {
      async install(one) {
        if (refused !== null) throw refused;
        installed.push(one);
      },
    },
    log,
    now: () => now,
  });
  return { slack, installed, ...made };
}

it('hands over what Slack gave for a workspace', async () => {
  const { store, installed } = await options();
  await store.storeInstallation(installation);
  await store.storeInstallation({ ...installation, team: { id: 'T2' }, bot });
  expect(installed).toEqual([
    {
      team: 'T1',
      name: 'One',
      installedAt: now.toISOString(),
      tokens: { token: bot.token, refreshToken: 'xoxe-1', expiresAt: 1_800_000_000_000 },
    },
    expect.objectContaining({ name: 'T2', tokens: { token: bot.token, refreshToken: null, expiresAt: null } }),
  ]);
});

it('gives tokens back to Slack that are not kept, and takes no whole organisation', async () => {
  const { store, slack } = await options(new UserError('slack-install', 'Not here.'));
  await expect(store.storeInstallation(installation)).rejects.toThrow('Not here.');
  expect(slack.calls.map(({ method }) => method)).toEqual(['auth.revoke']);
  const { store: other } = await options();
  const whole = { ...installation, team: undefined, enterprise: { id: 'E1' }, isEnterpriseInstall: true as const };
  await expect(other.storeInstallation(whole)).rejects.toMatchObject({ code: 'slack-install' });
  await expect(
    other.fetchInstallation({ teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false }),
  ).rejects.toThrow();
});
