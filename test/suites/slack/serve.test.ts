/** What takes minutes: the whole program on Slack over outages and renewals, with Slack's own clocks. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScene, start } from '../../support/program.ts';
import { mindAsking } from '../../support/served.ts';
import { type DoubleOptions, type SlackDouble, startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const config = { surfaces: { slack: {} }, access: [{ surface: 'slack', may: ['read', 'write'] }] };
const minutes = 60_000;

async function serving(
  script: Parameters<typeof createScene>[0]['script'],
  agents: readonly string[] = ['api'],
  double: DoubleOptions = {},
) {
  const slack = await startSlack(double);
  const scene = createScene({ agents, script, config });
  const { child, ended, output } = start({ ...scene, environment: { ...scene.environment, ...slack.environment } }, [
    'serve',
  ]);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await waitFor(() => output().includes('is ready'), 'it is ready');
  return { slack, scene };
}

const answers = (slack: SlackDouble) => slack.posts().filter(({ text }) => text.startsWith('<@U0ALICE>'));
const limits = (slack: SlackDouble) => slack.calls.filter(({ status }) => status >= 400);

describe('Slack over a long time', () => {
  it('loses nothing and doubles nothing while Slack renews its connections every ten seconds', {
    timeout: 3 * minutes,
  }, async () => {
    const { slack } = await serving({ otherwise: { answer: 'answer: {prompt}' } });
    const renewing = setInterval(() => slack.sockets.disconnect('refresh_requested'), 10_000);
    onTestFinished(() => clearInterval(renewing));
    const channels = ['C0GENERAL', 'C0RANDOM'];
    for (let index = 0; index < 30; index += 1) {
      const { acknowledged } = await slack.say(`<@U0TUTTI> question ${index}.`, { channel: channels[index % 2] ?? '' });
      expect(acknowledged.every((one) => one !== null)).toBe(true);
      await wait(2000);
    }
    const all = () =>
      channels.flatMap((channel) => slack.posts(channel)).filter(({ text }) => text.includes('answer:'));
    await waitFor(() => all().length >= 30, 'all are answered', 60_000);
    for (let index = 0; index < 30; index += 1)
      expect(all().filter(({ text }) => text.includes(`question ${index}.`))).toHaveLength(1);
    expect(limits(slack)).toEqual([]);
  });

  it('delivers what came about during an outage of thirty seconds', { timeout: 3 * minutes }, async () => {
    const { slack, scene } = await serving({ otherwise: { delayMs: 2000, answer: 'answer: {prompt}' } }, ['api'], {
      retryMs: [1000, 60_000],
    });
    const { message } = await slack.say('<@U0TUTTI> before');
    await slack.say('and this', { thread: message.ts });
    slack.outage(true);
    const during = slack.say('during', { thread: message.ts });
    await wait(30_000);
    slack.outage(false);
    await during;
    await waitFor(() => answers(slack).length === 3, 'all three are answered', 90_000);
    expect(answers(slack).map(({ text }) => /before|and this|during/.exec(text)?.[0])).toEqual([
      'before',
      'and this',
      'during',
    ]);
    expect(scene.calls().filter((call) => call.event === 'start')).toHaveLength(3);
  });

  it('answers five agents’ questions in order at Slack’s own pace', { timeout: 2 * minutes }, async () => {
    const agents = ['api', 'web', 'docs', 'worker', 'infra'];
    const { slack } = await serving(mindAsking(agents, 'All five agree [api].'), agents);
    await slack.say('<@U0TUTTI> who are you?');
    await waitFor(() => answers(slack).length === 1, 'it is answered', 60_000);
    expect(slack.posts().at(-1)?.text).toContain('All five agree');
    expect(slack.posts()).toHaveLength(7);
    expect(limits(slack)).toEqual([]);
  });
});
