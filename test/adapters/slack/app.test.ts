import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp, type Transport } from '../../../src/adapters/slack/app.ts';
import type { Interactive } from '../../../src/adapters/slack/interactive.ts';
import { UserError } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { freePort } from '../../support/free-port.ts';
import { type DoubleOptions, startSlack } from '../../support/slack/double.ts';

const log = createLog({ level: 'silent', mask: (text) => text });
const nothing: Interactive = {
  command: async () => undefined,
  action: async () => undefined,
  shortcut: async () => undefined,
  submission: async () => null,
  event: async () => undefined,
};

async function app(
  message: (event: unknown) => Promise<void>,
  more: {
    readonly interactive?: Partial<Interactive>;
    readonly transport?: Transport;
    readonly double?: DoubleOptions;
  } = {},
) {
  const slack = await startSlack({ ackMs: 300, retryMs: [50, 50], ...more.double });
  const apiUrl = slack.environment.SLACK_API_URL ?? '';
  const failures: UserError[] = [];
  const removed: string[] = [];
  const created = createApp({
    workspaces: {
      of: (team) =>
        team === 'T0TEAM' ? { hear: { message }, interactive: { ...nothing, ...more.interactive } } : null,
      removed: async (team, { code }) => void removed.push(`${team} ${code}`),
    },
    apiUrl,
    transport: more.transport ?? { mode: 'socket', appToken: 'xapp-double-app-token', connections: 1 },
    log,
    install: null,
    failed: (problem) => void failures.push(problem),
  });
  await created.start();
  onTestFinished(() => created.stop());
  return { slack, failures, removed };
}

describe('what comes from Slack', () => {
  it('is acknowledged when it is recorded, and not before', async () => {
    const gate = Promise.withResolvers<void>();
    const { slack } = await app(() => gate.promise);
    const said = slack.say('hello');
    const early = await Promise.race([said, new Promise((resolve) => setTimeout(() => resolve('waits'), 100))]);
    expect(early).toBe('waits');
    gate.resolve();
    expect((await said).acknowledged[0]).not.toBeNull();
  });

  it('is not acknowledged while it cannot be recorded, and taken when it comes again', async () => {
    let times = 0;
    const { slack } = await app(async () => {
      times += 1;
      if (times < 3) throw new UserError('disk-full', 'The disk is full.');
    });
    const { acknowledged } = await slack.say('hello');
    expect(acknowledged[0]).not.toBeNull();
    expect(times).toBe(3);
  });

  it('is the same for commands and presses', async () => {
    const { slack } = await app(async () => undefined, {
      interactive: {
        command: async () => {
          throw new UserError('store-busy', 'The store is busy.');
        },
      },
    });
    expect((await slack.command('/ask', 'why?')).acknowledged).toBeNull();
  });

  it('comes over HTTP as well, signed', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/slack/events`;
    const transport: Transport = { mode: 'http', signingSecret: 'double-signing-secret', port, path: '/slack/events' };
    const heard: unknown[] = [];
    let times = 0;
    const { slack } = await app(
      async (event) => {
        times += 1;
        if (times === 1) throw new UserError('disk-full', 'The disk is full.');
        heard.push(event);
      },
      { transport, double: { requestUrl: url } },
    );
    const { acknowledged } = await slack.say('hello');
    expect(acknowledged[0]).not.toBeNull();
    expect(heard).toHaveLength(1);
    expect((await slack.command('/ask', 'why?')).acknowledged).not.toBeNull();
    const forged = await fetch(url, {
      method: 'POST',
      headers: { 'x-slack-signature': 'v0=00', 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)) },
      body: '{}',
    });
    expect(forged.status).toBe(401);
    expect(heard).toHaveLength(1);
  });
});

it('goes to the workspace that it is of; where nobody serves that, it is taken and left alone', async () => {
  const heard: unknown[] = [];
  const { slack, removed } = await app(async (event) => void heard.push(event));
  const { acknowledged } = await slack.say('hello', { channel: 'C1GENERAL' });
  expect(acknowledged[0]).not.toBeNull();
  expect((await slack.command('/ask', 'why?', { channel: 'C1GENERAL' })).acknowledged).not.toBeNull();
  expect(heard).toEqual([]);
  await slack.event({ type: 'tokens_revoked', tokens: { bot: ['U1TUTTI'] } }, { team: 'T1TEAM' });
  await slack.event({ type: 'app_uninstalled' }, { team: 'T1TEAM' });
  expect(removed).toEqual(['T1TEAM tokens_revoked', 'T1TEAM app_uninstalled']);
});

it('says which port is taken', async () => {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const transport: Transport = { mode: 'http', signingSecret: 'x', port, path: '/slack/events' };
  await expect(app(async () => undefined, { transport })).rejects.toMatchObject({ code: 'slack-port' });
});
