import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { ErrorCode, WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { type SlackDouble, startSlack } from './double.ts';

/** The real client on the double: what the adapter's tests rest on. */

function client(slack: SlackDouble, token = slack.environment.SLACK_BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.environment.SLACK_API_URL ?? '',
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  });
}

async function bolt(slack: SlackDouble): Promise<App> {
  const {
    SLACK_API_URL: slackApiUrl = '',
    SLACK_APP_TOKEN: appToken = '',
    SLACK_BOT_TOKEN: token = '',
  } = slack.environment;
  const receiver = new SocketModeReceiver({
    appToken,
    clientPingTimeout: 200,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl } },
  });
  const app = new App({ token, receiver, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

describe('the double of Slack', () => {
  it('gives the real client a mention as two events, and counts what is not acknowledged', async () => {
    const slack = await startSlack({ ackMs: 100, retryMs: [50] });
    const app = await bolt(slack);
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => void seen.push(`mention ${event.ts}`));
    app.message(async ({ message }) => void seen.push(`message ${message.ts}`));
    const { message, acknowledged } = await slack.say('<@U0TUTTI> hello');
    expect(acknowledged).toEqual([
      { payload: {}, afterMs: expect.any(Number) },
      { payload: {}, afterMs: expect.any(Number) },
    ]);
    expect(seen.toSorted()).toEqual([`mention ${message.ts}`, `message ${message.ts}`]);
    // Bolt acknowledges no command that nobody listens to.
    expect((await slack.command('/nobody', '')).acknowledged).toBeNull();
  });

  it('answers commands and presses with what was acknowledged', async () => {
    const slack = await startSlack();
    const app = await bolt(slack);
    app.command('/ask', async ({ ack, command }) => ack(`heard ${command.text}`));
    app.action('go', async ({ ack }) => ack());
    expect((await slack.command('/ask', 'why')).acknowledged?.payload).toMatchObject({ text: 'heard why' });
    await client(slack).chat.postMessage({
      channel: 'C0GENERAL',
      text: 'press',
      blocks: [
        { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
      ],
    });
    const [post] = slack.posts();
    expect(post && (await slack.press(post, 'go'))).not.toBeNull();
  });

  it('repeats an event until it is acknowledged, over forced disconnects and half-open connections', async () => {
    const slack = await startSlack({ ackMs: 300, retryMs: [200, 200, 400, 800, 1600], lingerMs: 50 });
    const app = await bolt(slack);
    const seen: string[] = [];
    app.message(async ({ body }) => void seen.push(body.event_id));
    slack.sockets.disconnect('refresh_requested');
    await slack.say('during a refresh');
    slack.sockets.freeze();
    await slack.say('on a dead connection');
    expect(new Set(seen).size).toBe(2);
    expect(slack.sockets.retries).toBeGreaterThan(0);
  });

  it('lets a ticket be used once', async () => {
    const slack = await startSlack();
    const address = `${slack.url.replace('http', 'ws')}${slack.sockets.ticket()}`;
    const first = new WebSocket(address);
    await new Promise((resolve) => first.addEventListener('open', resolve));
    const second = new WebSocket(address);
    await new Promise((resolve) => second.addEventListener('error', resolve));
    expect(slack.sockets.connections).toBe(1);
  });

  it('holds the limits of the web API', async () => {
    const slack = await startSlack();
    const web = client(slack);
    await web.chat.postMessage({ channel: 'C0GENERAL', text: 'one' });
    await expect(web.chat.postMessage({ channel: 'C0GENERAL', text: 'two' })).rejects.toMatchObject({
      code: ErrorCode.RateLimitedError,
      retryAfter: 1,
    });
    const ts = slack.posts()[0]?.ts ?? '';
    const long = 'x'.repeat(4001);
    await expect(web.chat.update({ channel: 'C0GENERAL', ts, text: long })).rejects.toThrow('msg_too_long');
    await expect(web.chat.postMessage({ channel: 'C0RANDOM', text: long })).rejects.toThrow('msg_too_long');
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } };
    await expect(web.chat.update({ channel: 'C0GENERAL', ts, text: 'x', blocks: [section] })).rejects.toThrow(
      'invalid_blocks',
    );
    const updates = await Promise.allSettled(
      Array.from({ length: 60 }, () => web.chat.update({ channel: 'C0GENERAL', ts, text: 'x' })),
    );
    expect(updates.filter(({ status }) => status === 'rejected')).toHaveLength(12);
    await expect(client(slack, 'xoxb-wrong').auth.test()).rejects.toThrow('invalid_auth');
  });

  it('keeps metadata, uploads files into threads, and does what it was asked to fail at', async () => {
    const slack = await startSlack({ postIntervalMs: 0 });
    const web = client(slack);
    const metadata = { event_type: 'part', event_payload: { part: 'p1' } };
    const root = await web.chat.postMessage({ channel: 'C0GENERAL', text: 'root' });
    slack.fail('chat.postMessage', 'after');
    await expect(
      web.chat.postMessage({ channel: 'C0GENERAL', thread_ts: root.ts ?? '', text: 'reply', metadata }),
    ).rejects.toThrow();
    slack.fail('chat.postMessage', 'before');
    await expect(web.chat.postMessage({ channel: 'C0GENERAL', text: 'lost' })).rejects.toThrow();
    await web.filesUploadV2({ channel_id: 'C0GENERAL', thread_ts: root.ts ?? '', filename: 'a.md', content: '# A' });
    const { messages } = await web.conversations.replies({
      channel: 'C0GENERAL',
      ts: root.ts ?? '',
      include_all_metadata: true,
    });
    expect(messages?.map(({ text }) => text)).toEqual(['root', 'reply', '']);
    expect(messages?.[1]?.metadata).toEqual(metadata);
    expect([...slack.workspace.files.values()].map(({ name, content }) => [name, String(content)])).toEqual([
      ['a.md', '# A'],
    ]);
  });

  it('lets a response address be used five times', async () => {
    const slack = await startSlack();
    const app = await bolt(slack);
    app.command('/x', async ({ ack }) => ack());
    const { responseUrl } = await slack.command('/x', '');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => fetch(responseUrl, { method: 'POST', body: JSON.stringify({ text: 'a' }) })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    await waitFor(() => slack.whispers('U0ALICE').length === 5, 'five answers stand there');
  });
});
