import { expect, it } from 'vitest';
import type { Workspace } from '../../../src/adapters/slack/workspace.ts';
import { oneWorkspace } from '../../../src/adapters/slack/workspaces.ts';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

it('takes all that comes as from the one workspace, whatever Slack calls it', async () => {
  const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
  const { message } = await bench.slack.say('nothing for it');
  const ts = bench.slack.workspace.nextTs();
  const event = { ...message, type: 'app_mention', ts, text: '<@U0TUTTI> hello' };
  await bench.slack.event(event, { team: 'T9SHARED' });
  await bench.posted('the answer');
  expect(oneWorkspace({ team: 'T0TEAM' } as Workspace, 0, { failed: () => undefined }).of('T9SHARED')?.team).toBe(
    'T0TEAM',
  );
});

it('ends with one clear line when the app is removed', async () => {
  const bench = await startBench({ agents: ['api'], script: {} });
  // Of an installation before this one.
  await bench.slack.event({ type: 'app_uninstalled' }, { seconds: Math.floor(Date.now() / 1000) - 60 });
  expect(bench.failures).toEqual([]);
  await bench.slack.event({ type: 'app_uninstalled' });
  await waitFor(() => bench.failures.length > 0, 'it is said');
  expect(bench.failures[0]).toMatchObject({
    code: 'slack-sign-in',
    message: 'Tutti was removed from its workspace of Slack (app_uninstalled).',
    hint: expect.stringContaining('$SLACK_BOT_TOKEN'),
  });
});
