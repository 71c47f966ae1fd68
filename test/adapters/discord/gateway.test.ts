import { describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/adapters/discord/discord.ts';
import type { UserError } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { type DiscordBench, startBench } from '../../support/discord/bench.ts';
import { type DiscordDouble, ids, startDiscord } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const scene = { agents: ['api'], script: { otherwise: { answer: 'answer to {prompt}' } } };
const tutti = `<@${ids.bot}>`;
const started = (bench: DiscordBench) => bench.scene.calls().filter((call) => call.event === 'start');

describe('the connection', () => {
  it('goes on where it was when it is told to, cut, or closed, and nothing is answered twice', async () => {
    const bench = await startBench(scene);
    const { gateway } = bench.discord;
    const troubles = [
      () => gateway.reconnect(),
      () => gateway.drop(),
      () => gateway.close(4000),
      () => gateway.close(4009),
    ];
    for (const [index, trouble] of troubles.entries()) {
      const before = gateway.resumes;
      trouble();
      bench.discord.say(`${tutti} question ${index}.`);
      await waitFor(() => gateway.resumes > before, 'it is resumed');
      await bench.posted(`question ${index}.`);
    }
    await bench.idle();
    expect(started(bench)).toHaveLength(4);
    expect(gateway.identifies).toBe(1);
    expect(bench.failures).toEqual([]);
  });

  it('outlives what the client cannot read, and deals with it all the same', async () => {
    const bench = await startBench(scene);
    const user = { id: ids.alice, username: 'alice' };
    // Neither entitlements nor whom the application is installed for.
    bench.discord.gateway.dispatch('INTERACTION_CREATE', {
      ...{ id: '1', type: 2, version: 1, token: 't', application_id: ids.application },
      ...{ guild_id: ids.guild, channel_id: ids.general, member: { user, roles: [] } },
      data: { id: '2', type: 1, name: 'ask', options: [{ type: 3, name: 'question', value: 'why?' }] },
    });
    await waitFor(() => bench.discord.calls.some(({ path }) => path.endsWith('/1/t/callback')), 'it is answered');
    bench.discord.say(`${tutti} are you there?`);
    await bench.posted('are you there?');
    expect(bench.failures).toEqual([]);
  });

  it('notices when nothing comes any more, and loses nothing of it', async () => {
    const bench = await startBench({ ...scene, double: { heartbeatMs: 400 } });
    bench.discord.gateway.freeze();
    bench.discord.say(`${tutti} are you there?`);
    await bench.posted('are you there?');
    expect(started(bench)).toHaveLength(1);
  });

  it('hears what was said while its session was lost', async () => {
    const bench = await startBench(scene);
    const { id } = bench.discord.say(`${tutti} one`);
    await bench.posted('one');
    await bench.idle();
    bench.discord.outage(true);
    bench.discord.say('two', { channel: id });
    bench.discord.say(`${tutti} three`, { channel: ids.random });
    bench.discord.say('nobody asked you', { channel: ids.random });
    // A session that is not there any more.
    bench.discord.gateway.invalidate(false);
    bench.discord.outage(false);
    await bench.posted('two');
    await bench.posted('three');
    await bench.idle();
    expect(started(bench)).toHaveLength(3);
  });

  it('hears what was said while no process ran, and nothing a second time', async () => {
    const first = await startBench(scene);
    const { id } = first.discord.say(`${tutti} one`);
    await first.posted('one');
    first.discord.say('four', { channel: 'dm' });
    await first.posted('four');
    await first.idle();
    await first.stop();
    first.discord.say('two', { channel: id });
    first.discord.say(`${tutti} three`, { channel: ids.random });
    first.discord.say('five', { channel: 'dm' });
    const second = await startBench({ ...scene, discord: first.discord, scene: first.scene });
    await second.posted('two');
    await second.posted('three');
    await second.posted('five');
    await second.idle();
    expect(started(second)).toHaveLength(5);
  });

  it('outlives what a listener throws', async () => {
    const bench = await startBench(scene);
    const author = { id: ids.alice, username: 'alice', discriminator: '0' };
    const odd = { id: 'no id', channel_id: ids.general, guild_id: ids.guild, author, content: tutti, type: 0 };
    bench.discord.gateway.dispatch('MESSAGE_CREATE', { ...odd, timestamp: new Date().toISOString() });
    bench.discord.gateway.dispatch('MESSAGE_DELETE', {});
    bench.discord.gateway.dispatch('INTERACTION_CREATE', { type: 99, data: null });
    bench.discord.say(`${tutti} still there?`);
    await bench.posted('still there?');
  });

  it('ends the process with one line where it cannot go on', async () => {
    for (const [code, said] of [
      [4004, '$DISCORD_TOKEN'],
      [4013, 'intents'],
      [4014, 'Message Content Intent'],
    ] as const) {
      const bench = await startBench(scene);
      bench.discord.gateway.close(code);
      await waitFor(() => bench.failures.length > 0, `it says so after ${code}`);
      expect(bench.failures).toHaveLength(1);
      expect(bench.failures[0]).toMatchObject({ exit: 2, message: expect.stringContaining(said) });
      await bench.stop();
    }
  });

  it('ends the process when its token is taken away', async () => {
    const bench = await startBench(scene);
    bench.discord.revoke();
    await waitFor(() => bench.failures.length > 0, 'it says so');
    expect(bench.failures[0]?.message).toContain('Discord does not accept $DISCORD_TOKEN');
  });

  it('does not begin with a token that is not right, nor where nobody listens', async () => {
    const discord = await startDiscord();
    expect(await problem(discord, 'not.the.token')).toMatchObject({ code: 'discord-sign-in', exit: 2 });
    discord.outage(true);
    expect(await problem(discord, discord.environment.DISCORD_TOKEN)).toMatchObject({ code: 'discord-unreachable' });
  });
});

async function problem(discord: DiscordDouble, token: string): Promise<UserError | null> {
  const adapter = createDiscord({
    token,
    apiUrl: discord.environment.DISCORD_API_URL,
    guilds: [],
    log: createLog({ level: 'silent', mask: (text) => text }),
    pace: { postMs: 0, editMs: 0, editOneMs: 0 },
    now: () => new Date(),
    clock: () => performance.now(),
  });
  const host = { records: () => ({}) } as never;
  return adapter.start(host).then(
    () => null,
    (error: UserError) => error,
  );
}
