import { expect, it } from 'vitest';
import type { SharedHost } from '../../../src/adapters/adapter.ts';
import { tokenProblem } from '../../../src/adapters/slack/outcome.ts';
import { fixedToken } from '../../../src/adapters/slack/token.ts';
import { openWeb } from '../../../src/adapters/slack/web.ts';
import { createWorkspace } from '../../../src/adapters/slack/workspace.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';
import { memoryRecords } from '../../support/slack/records.ts';

const log = createLog({ level: 'silent', mask: (text) => text });
const signedOut = (code: string) => tokenProblem(code, 'SLACK_BOT_TOKEN');

async function workspace(records: SharedHost['records']) {
  const slack = await startSlack();
  const apiUrl = slack.environment.SLACK_API_URL ?? '';
  const web = await openWeb({ token: fixedToken('xoxb-double-bot-token'), apiUrl, log, signedOut });
  const host = {
    commands: [],
    records,
    ending: new AbortController().signal,
    attachments: { directory: '/', maxBytes: 1, types: [] },
  } as Partial<SharedHost> as SharedHost;
  const made = createWorkspace(web, host, {
    apiUrl,
    commandPrefix: '',
    groups: false,
    log,
    pace: { postMs: 0, editMs: 0, editOneMs: 0 },
    signedOut,
    now: () => new Date(),
    clock: () => performance.now(),
  });
  return { slack, made };
}

it('closes the statuses that were left open in it, and leaves those of other workspaces alone', async () => {
  const statuses = memoryRecords<{ channel: string; ts: string }>();
  const kinds: Record<string, unknown> = { status: statuses };
  const { slack, made } = await workspace(((kind: string) => kinds[kind] ?? memoryRecords()) as SharedHost['records']);
  await statuses.set('T0TEAM:C0GENERAL:1', { channel: 'C0GENERAL', ts: '1.000001' });
  await statuses.set('T1TEAM:C1GENERAL:1', { channel: 'C1GENERAL', ts: '1.000001' });
  await made.tidy();
  expect(slack.calls.filter(({ method }) => method === 'chat.update').map(({ args }) => args.channel)).toEqual([
    'C0GENERAL',
  ]);
  expect(await Array.fromAsync(statuses.entries())).toHaveLength(1);
});

it('takes back what waits to be posted when it ends', async () => {
  const { slack, made } = await workspace(() => memoryRecords());
  const data = { id: 'T0TEAM:C0GENERAL:1', team: 'T0TEAM', channel: 'C0GENERAL', thread: '1.000001', at: '2026-01-01' };
  slack.outage(true);
  const posting = made.reply({ surface: 'slack', data }).post({
    id: 'part',
    turnId: 'turn',
    position: 0,
    kind: 'answer',
    markdown: 'the answer',
    footer: null,
    data: null,
    exit: 0,
    again: false,
  });
  made.end();
  await expect(posting).rejects.toThrow();
});
