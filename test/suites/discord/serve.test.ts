/** What takes minutes: the whole program on Discord over stalls, outages and reconnections, with Discord's own clocks and limits. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { createScene, start } from '../../support/program.ts';
import { mindAsking } from '../../support/served.ts';
import { waitFor } from '../../support/wait-for.ts';

const config = { surfaces: { discord: {} }, access: [{ surface: 'discord', may: ['read', 'write'] }] };
const minutes = 60_000;
const tutti = `<@${ids.bot}>`;

async function serving(
  script: Parameters<typeof createScene>[0]['script'],
  agents: readonly string[] = ['api'],
  double: DoubleOptions = {},
) {
  const discord = await startDiscord(double);
  const scene = createScene({ agents, script, config });
  const { child, ended, output } = start({ ...scene, environment: { ...scene.environment, ...discord.environment } }, [
    'serve',
  ]);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await waitFor(() => output().includes('is ready'), 'it is ready');
  return { discord, scene, alive: () => child.exitCode === null };
}

/** A mind that asks these agents and then answers, twice. */
function twice(agents: readonly string[], answer: string): Parameters<typeof createScene>[0]['script'] {
  const { agents: minds, ...others } = mindAsking(agents, answer);
  const [ask = {}, conclude = {}] = minds?.tutti ?? [];
  const after = { ...conclude, when: { round: 1 } };
  return { ...others, agents: { tutti: [ask, ask, after, after] } };
}

const said = (discord: DiscordDouble) =>
  [...discord.world.channels.keys()]
    .flatMap((channel) => discord.posts(channel))
    .toSorted((one, other) => (BigInt(one.id) > BigInt(other.id) ? 1 : -1));
const answers = (discord: DiscordDouble) => said(discord).filter(({ text }) => text.startsWith(`<@${ids.alice}> `));

describe('Discord over a long time', () => {
  it('posts once although Discord is silent for twenty seconds, also under an agent’s name', {
    timeout: 3 * minutes,
  }, async () => {
    const { discord } = await serving(twice(['api', 'web'], 'Both agree [api].'), ['api', 'web']);
    const warm = discord.say(`${tutti} warm up`);
    await waitFor(() => answers(discord).length === 1, 'it is warm');
    discord.stall('webhook.execute', 20_000, 'before');
    discord.stall('message.create', 20_000, 'before', 2);
    discord.say('who are you?', { channel: warm.id });
    await waitFor(() => answers(discord).length === 2, 'it is answered', 2 * minutes);
    await wait(25_000);
    const posts = discord.posts(warm.id);
    expect(posts.filter(({ username }) => username === 'api')).toHaveLength(2);
    expect(posts.filter(({ username }) => username === 'web')).toHaveLength(2);
    expect(answers(discord)).toHaveLength(2);
    expect(posts).toHaveLength(8);
  });

  it('loses nothing and doubles nothing while its connection ends every ten seconds, one way or another', {
    timeout: 3 * minutes,
  }, async () => {
    const { discord } = await serving({ otherwise: { answer: 'answer: {prompt}' } });
    const { gateway } = discord;
    const troubles = [
      () => gateway.reconnect(),
      () => gateway.drop(),
      () => gateway.invalidate(true),
      () => gateway.close(4000),
    ];
    let next = 0;
    const ending = setInterval(() => troubles[next++ % troubles.length]?.(), 10_000);
    onTestFinished(() => clearInterval(ending));
    const channels = [ids.general, ids.random];
    for (let index = 0; index < 30; index += 1) {
      discord.say(`${tutti} question ${index}.`, { channel: channels[index % 2] ?? '' });
      await wait(2000);
    }
    const all = () => said(discord).filter(({ text }) => text.includes('answer:'));
    await waitFor(() => all().length >= 30, 'all are answered', minutes);
    for (let index = 0; index < 30; index += 1)
      expect(all().filter(({ text }) => text.includes(`question ${index}.`))).toHaveLength(1);
    expect(discord.rateLimited).toBe(0);
  });

  it('hears and delivers what came about during an outage of thirty seconds', { timeout: 3 * minutes }, async () => {
    const { discord, scene, alive } = await serving({ otherwise: { delayMs: 2000, answer: 'answer: {prompt}' } });
    const { id } = discord.say(`${tutti} before`);
    await waitFor(() => discord.world.channels.has(id), 'its thread is there');
    discord.say('and this', { channel: id });
    discord.outage(true);
    discord.say('during', { channel: id });
    await wait(30_000);
    discord.outage(false);
    await waitFor(() => answers(discord).length === 3, 'all three are answered', 90_000);
    expect(answers(discord).map(({ text }) => /before|and this|during/.exec(text)?.[0])).toEqual([
      'before',
      'and this',
      'during',
    ]);
    expect(scene.calls().filter((call) => call.event === 'start')).toHaveLength(3);
    expect(alive()).toBe(true);
  });

  it('answers five agents’ questions in order at Discord’s own pace, in two threads at once', {
    timeout: 2 * minutes,
  }, async () => {
    const agents = ['api', 'web', 'docs', 'worker', 'infra'];
    const { discord } = await serving(twice(agents, 'All five agree [api].'), agents);
    const threads = [discord.say(`${tutti} who are you?`).id, discord.say(`${tutti} and who are you?`).id];
    await waitFor(() => answers(discord).length === 2, 'both are answered', minutes);
    for (const thread of threads) {
      const posts = discord.posts(thread);
      expect(posts.at(-1)?.text).toContain('All five agree');
      expect(posts).toHaveLength(7);
    }
    expect(discord.rateLimited).toBe(0);
  });
});
