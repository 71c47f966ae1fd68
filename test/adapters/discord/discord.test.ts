import { describe, expect, it } from 'vitest';
import { requiredToken } from '../../../src/adapters/discord/discord.ts';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
import { mindAskingAtLength } from '../../support/served.ts';
import { waitFor } from '../../support/wait-for.ts';

const tutti = `<@${ids.bot}>`;
const ended = (bench: { readonly scene: { calls(): readonly { readonly event: string }[] } }) =>
  bench.scene.calls().filter((call) => call.event === 'end').length;

describe('a question on Discord', () => {
  it('is answered once in a thread at its message, though its event is repeated', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { answer: 'It is 42, see src/main.ts:3.' } },
    });
    const message = bench.discord.say(`${tutti} what is it?`);
    bench.discord.gateway.redeliver('MESSAGE_CREATE');
    const answer = await bench.posted('It is 42');
    await bench.idle();
    expect(answer.channel).toBe(message.id);
    expect(answer.text).toContain(`<@${ids.alice}> It is 42`);
    expect(answer.text).toContain('Sources: 1 ✓ api `src/main.ts:3`');
    expect(bench.discord.notified(answer)).toEqual([ids.alice]);
    expect(bench.said().filter(({ text }) => text.includes('It is 42'))).toHaveLength(1);
    expect(bench.discord.threads()).toMatchObject([{ id: message.id, name: 'what is it?' }]);
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
    expect(bench.discord.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('shows a status, closed in the end, and every agent under its name before the answer, earning no limit', async () => {
    const agents = ['api', 'web', 'docs', 'discord-bot', 'infra'];
    const script = mindAskingAtLength(agents, 'All five agree [api].');
    const bench = await startBench({ agents, script });
    const { id } = bench.discord.say(`${tutti} who are you?`);
    await bench.posted('All five agree');
    await bench.idle();
    await waitFor(() => bench.statuses()[0]?.components.length === 0, 'the status is closed');
    const posts = bench.discord.posts(id);
    expect(posts).toHaveLength(7);
    expect(posts[0]?.text).toMatch(/^\*\*answered · /);
    expect(posts[0]?.text.match(/✓/g)).toHaveLength(5);
    expect(
      posts
        .slice(1, 6)
        .map(({ username }) => username)
        .toSorted(),
    ).toEqual(['api', 'disc·ord-bot', 'docs', 'infra', 'web']);
    expect(posts[6]).toMatchObject({ username: null, webhook: null });
    expect(bench.discord.world.webhooks.size).toBe(1);
    expect(bench.discord.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('goes on in its thread without a mention, with what was said before', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { logPrompt: 10_000, otherwise: { answer: 'answer to: {prompt}' } },
    });
    const { id } = bench.discord.say(`${tutti} the first thing`);
    await bench.posted('the first thing');
    bench.discord.say('and the second?', { channel: id });
    const second = await bench.posted(/and the second/);
    expect(second.channel).toBe(id);
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('leaves people alone who talk with each other, and reads it when it is asked again', async () => {
    const bench = await startBench({ agents: ['api'], script: { logPrompt: 10_000, otherwise: { answer: 'noted' } } });
    const { id } = bench.discord.say(`${tutti} hello`);
    await bench.posted('noted');
    await bench.idle();
    const calls = () => bench.discord.calls.filter(({ route }) => route !== 'message.edit').length;
    const before = calls();
    bench.discord.say(`<@${ids.bob}> the port is 7341`, { channel: id });
    bench.discord.say('yes it is', { channel: id, user: ids.bob });
    bench.discord.say(`${tutti} which port?`, { channel: id });
    await waitFor(() => bench.said().filter(({ text }) => text.includes('noted')).length === 2, 'it is answered');
    const prompt = bench.scene.calls().at(-1)?.prompt ?? '';
    expect(prompt).toContain('the port is 7341');
    expect(bench.said().at(-1)?.text).toContain('read 2 earlier messages of this thread');
    const asked = bench.discord.calls.slice(before).map(({ route }) => route);
    expect(asked.filter((route) => route === 'message.list')).toHaveLength(1);
  });

  it('opens a thread with a slash command, acknowledged at once', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    const { acknowledged } = await bench.discord.command('ask', { question: `why is it *so* in <#${ids.random}>?` });
    expect(acknowledged?.afterMs).toBeLessThan(1000);
    const answer = await bench.posted('the answer');
    const [root] = bench.discord.posts();
    expect(root).toMatchObject({ text: `<@${ids.alice}> asks: why is it \\*so\\* in #random?`, notified: [] });
    expect(answer.channel).toBe(root?.id);
    expect(bench.discord.threads()).toMatchObject([{ id: root?.id, name: 'why is it *so* in #random?' }]);
    await bench.whispered('Taken.', ids.alice);
    await bench.idle();
    bench.discord.say('and why?', { channel: root?.id ?? '' });
    await waitFor(() => ended(bench) === 2, 'the thread goes on');
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('answers direct messages, and nothing that is not for it', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer to {prompt}' } } });
    bench.discord.say('just talking', { channel: ids.random });
    bench.discord.say('hello', { channel: 'dm' });
    const answer = await bench.posted('hello');
    expect(bench.discord.world.channels.get(answer.channel)?.type).toBe(1);
    bench.discord.say('and again', { channel: 'dm' });
    await bench.posted('and again');
    expect(bench.discord.posts(ids.random)).toEqual([]);
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('serves the configured servers only', async () => {
    const config = {
      access: [{ surface: 'discord', may: ['read', 'write'] }],
      surfaces: { discord: { guilds: ['1'] } },
    };
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } }, config });
    bench.discord.say(`${tutti} hello`);
    bench.discord.say('hello', { channel: 'dm' });
    await bench.posted('the answer');
    await bench.idle();
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
  });
});

it('says which variable is missing', () => {
  expect(() => requiredToken(null)).toThrow('$DISCORD_TOKEN is not set.');
  expect(requiredToken('Bot x')).toBe('x');
});
