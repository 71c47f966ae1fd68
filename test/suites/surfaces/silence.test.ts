/** Six minutes without a word: one program on Slack and Discord at once, with the platforms' own clocks. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { createScene, start } from '../../support/program.ts';
import { startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const minutes = 60_000;
const config = { surfaces: { slack: {}, discord: {} }, access: [{ surface: '*', may: ['read', 'write'] }] };

it('sees agents that are silent for six minutes through to their answers, on both surfaces', {
  timeout: 8 * minutes,
}, async () => {
  const slack = await startSlack();
  const discord = await startDiscord({ oldMs: 4 * minutes });
  const scene = createScene({
    agents: ['api'],
    script: { otherwise: { delayMs: 6 * minutes, answer: 'at last' } },
    config,
  });
  const environment = { ...scene.environment, ...slack.environment, ...discord.environment };
  const { child, ended, output } = start({ ...scene, environment }, ['serve']);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await waitFor(() => output().includes('is ready on slack, discord'), 'it is ready');

  const onSlack = (await slack.say('<@U0TUTTI> go')).message;
  const onDiscord = discord.say(`<@${ids.bot}> go`);
  const toAlice = () => slack.posts().filter(({ text }) => text.startsWith('<@U0ALICE>'));
  const toAliceToo = () => discord.posts(onDiscord.id).filter(({ text }) => text.startsWith(`<@${ids.alice}> `));
  await wait(2 * minutes);
  expect(slack.posts()[0]?.edits).toBeGreaterThan(2);
  expect(discord.posts(onDiscord.id)[0]?.edits).toBeGreaterThan(2);

  await waitFor(() => toAlice().length === 1 && toAliceToo().length === 1, 'both are answered', 6 * minutes);
  expect(toAlice()[0]).toMatchObject({ threadTs: onSlack.ts, text: expect.stringContaining('at last') });
  expect(toAliceToo()[0]).toMatchObject({ channel: onDiscord.id, text: expect.stringContaining('at last') });
  await waitFor(() => slack.posts()[0]?.blocks.length === 1, "Slack's status is closed");
  await waitFor(() => discord.posts(onDiscord.id)[0]?.components.length === 0, "Discord's status is closed");
  expect(slack.calls.filter(({ status }) => status >= 400)).toEqual([]);
  expect(discord.rateLimited).toBe(0);
});
