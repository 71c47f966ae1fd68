import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createHttpReceiver, type InstallOptions } from '../../../src/adapters/slack/http.ts';
import { createInstallState } from '../../../src/adapters/slack/install-state.ts';
import { createLog } from '../../../src/log.ts';
import { freePort } from '../../support/free-port.ts';
import { createBrowser } from '../../support/slack/browser.ts';
import { startSlack } from '../../support/slack/double.ts';
import { clientId } from '../../support/slack/oauth.ts';
import { memoryRecords } from '../../support/slack/records.ts';

const log = createLog({ level: 'silent', mask: (text) => text });

async function pages() {
  const slack = await startSlack();
  const port = await freePort();
  const stored: unknown[] = [];
  const install: InstallOptions = {
    clientId,
    clientSecret: slack.oauthEnvironment.SLACK_CLIENT_SECRET ?? '',
    apiUrl: slack.environment.SLACK_API_URL ?? '',
    port,
    states: createInstallState({ asked: { scopes: ['chat:write'] }, key: Buffer.from('key'), used: memoryRecords() }),
    store: {
      storeInstallation: async (installation) => void stored.push(installation),
      fetchInstallation: async () => Promise.reject(new Error('never')),
    },
  };
  const receiver = createHttpReceiver({ port, install, log });
  await receiver.start();
  onTestFinished(() => receiver.stop());
  return { slack, port, stored, browser: createBrowser(port) };
}

it('leads to Slack with what the app asks for, and hands over what comes back', async () => {
  const { slack, stored, browser } = await pages();
  const address = await browser.open();
  expect(address.href.startsWith(`${slack.url}/oauth/v2/authorize?`)).toBe(true);
  expect(address.searchParams.get('client_id')).toBe(clientId);
  expect(address.searchParams.get('scope')).toContain('chat:write.customize');
  const state = address.searchParams.get('state') ?? '';
  expect(await browser.comeBack({ error: 'access_denied', state })).toMatchObject({ status: 400 });
  expect(await browser.install('not a code of Slack')).toMatchObject({ status: 400 });
  expect(stored).toEqual([]);
  expect((await browser.install(slack.grants.allow('T1TEAM'))).page).toContain('Team T1TEAM');
  expect(stored).toMatchObject([{ team: { id: 'T1TEAM' }, bot: { userId: 'U1TUTTI', id: 'B1TUTTI' } }]);
});

it('serves nothing else beside the pages', async () => {
  const { port } = await pages();
  const address = `http://127.0.0.1:${port}`;
  expect((await fetch(`${address}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(address)).status).toBe(404);
  expect((await fetch(`${address}/slack/install`)).headers.get('cache-control')).toBe('no-store');
});

it('says which port is taken, and stops though it never listened', async () => {
  const port = await freePort();
  const server = createServer().listen(port);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const receiver = createHttpReceiver({ port, install: null, log });
  await expect(receiver.start()).rejects.toMatchObject({ code: 'slack-port', exit: 2 });
  await receiver.stop();
});
