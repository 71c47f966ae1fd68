import type { ReceiverEvent } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSockets } from '../../../src/adapters/slack/sockets.ts';
import { createLog } from '../../../src/log.ts';
import { type DoubleOptions, startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const log = createLog({ level: 'silent', mask: (text) => text });

async function sockets(double: DoubleOptions = {}, appToken = 'xapp-double-app-token') {
  const slack = await startSlack(double);
  const texts: string[] = [];
  const failures: string[] = [];
  const created = createSockets({
    appToken,
    apiUrl: slack.environment.SLACK_API_URL ?? '',
    log,
    connections: 2,
    app: {
      async processEvent(event: ReceiverEvent) {
        texts.push(event.body.event.text);
        await event.ack();
      },
    },
    failed: (problem) => void failures.push(problem.message),
  });
  onTestFinished(() => created.stop());
  return { slack, texts, failures, ...created };
}

describe('the connections to Slack', () => {
  it('are several, and are replaced without a gap when Slack renews them', async () => {
    const { slack, texts, start } = await sockets({ lingerMs: 10_000 });
    await start();
    await waitFor(() => slack.sockets.connections === 2, 'two connections stand');
    for (let round = 0; round < 3; round += 1) {
      slack.sockets.disconnect(round % 2 === 0 ? 'refresh_requested' : 'warning');
      await waitFor(() => slack.sockets.connections > 0, 'one stands again', 5000);
      const { acknowledged } = await slack.say(`message ${round}`);
      expect(acknowledged[0]).not.toBeNull();
    }
    expect(texts).toEqual(['message 0', 'message 1', 'message 2']);
    expect(slack.sockets.retries).toBe(0);
  });

  it('come back after an outage, and what was not heard comes again', async () => {
    const { slack, texts, start } = await sockets({ ackMs: 300, retryMs: [300, 300, 600, 1200, 2400] });
    await start();
    slack.outage(true);
    const said = slack.say('during the outage');
    await new Promise((resolve) => setTimeout(resolve, 500));
    slack.outage(false);
    expect((await said).acknowledged[0]).not.toBeNull();
    expect(texts).toEqual(['during the outage']);
  });

  it('grow no more although some come to nothing', async () => {
    const { slack, start } = await sockets();
    await start();
    await waitFor(() => slack.sockets.connections === 2, 'two connections stand');
    slack.sockets.refuse(4);
    slack.sockets.drop();
    const asked = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    await waitFor(() => asked() >= 2 + 4 + 2 && slack.sockets.connections >= 2, 'two stand again');
    const more = waitFor(() => asked() > 2 + 4 + 2 || slack.sockets.connections > 2, 'there are more', 600);
    await expect(more).rejects.toThrow('there are more');
  });

  it('end with one clear line when the token does not serve, at the start and later', async () => {
    const wrong = await sockets({}, 'xapp-wrong');
    await expect(wrong.start()).rejects.toMatchObject({
      code: 'slack-sign-in',
      message: expect.stringContaining('SLACK_APP_TOKEN'),
    });
    const { slack, failures, start } = await sockets();
    await start();
    slack.refuse('apps.connections.open', 'invalid_auth', 100);
    slack.sockets.drop();
    await waitFor(() => failures.length > 0, 'it is said');
    expect(failures[0]).toContain('$SLACK_APP_TOKEN (invalid_auth)');
  });
});
