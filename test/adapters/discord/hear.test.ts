import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };
const tutti = `<@${ids.bot}>`;
type Bench = Awaited<ReturnType<typeof startBench>>;
const started = (bench: Bench) => bench.scene.calls().filter((call) => call.event === 'start');
const direct = (bench: Bench, user: string) =>
  [...bench.discord.world.channels.values()]
    .filter(({ type, owner }) => type === 1 && owner === user)
    .flatMap(({ messages }) => messages.filter((message) => message.user === null));

describe('hearing', () => {
  it('refuses people without rights in a direct message, once a day, whatever way they try', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const mallory = { user: ids.mallory };
    const { id } = bench.discord.say(`${tutti} what is it?`, mallory);
    await waitFor(() => direct(bench, ids.mallory).length === 1, 'she is told');
    expect(direct(bench, ids.mallory)[0]?.text).toContain('You may not ask any agent here');
    bench.discord.say(`${tutti} and now?`, mallory);
    bench.discord.say(`${tutti} status`, mallory);
    const hello = bench.discord.say(`${tutti} hello`);
    await bench.posted('the answer');
    bench.discord.say('@api tell me', { ...mallory, channel: hello.id });
    bench.discord.say('!stop', { ...mallory, channel: hello.id });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    // A command is answered every time: its author alone sees it, and waits for something.
    await bench.discord.command('ask', { question: 'why?' }, mallory);
    await bench.discord.command('status', {}, mallory);
    await waitFor(() => bench.discord.whispers(ids.mallory).length === 2, 'both commands are refused');
    expect(direct(bench, ids.mallory)).toHaveLength(1);
    expect(started(bench)).toHaveLength(1);
    expect(bench.discord.world.channels.has(id)).toBe(false);
  });

  it('asks Discord for nothing because of what others say', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await waitFor(() => bench.discord.calls.some(({ route }) => route === 'commands.put'), 'it is registered');
    bench.discord.say(`${tutti} hello`);
    await bench.posted('the answer');
    await bench.idle();
    await waitFor(() => bench.statuses()[0]?.components.length === 0, 'the status is closed');
    const before = bench.discord.calls.length;
    for (let index = 0; index < 500; index += 1)
      bench.discord.say(`talk ${index} @api <@${ids.bob}>`, { channel: ids.random });
    bench.discord.say(`${tutti} done?`, { channel: ids.random });
    await waitFor(() => started(bench).length === 2, 'the last one is heard');
    const routes = bench.discord.calls.slice(before).map(({ route }) => route);
    expect(routes.every((route) => ['thread.create', 'message.create', 'message.edit'].includes(route))).toBe(true);
  });

  it('takes commands in threads, with a mention and with an exclamation mark', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { id } = bench.discord.say(`${tutti} hello`);
    await bench.posted('the answer');
    bench.discord.say('!agents', { channel: id });
    await bench.posted(/api\b[\s\S]*command/, id);
    bench.discord.say(`${tutti} follow off`, { channel: id });
    await bench.posted('only take messages that mention me', id);
    bench.discord.say('is anybody there?', { channel: id });
    await bench.idle();
    expect(started(bench)).toHaveLength(1);
  });

  it('answers commands beside a conversation where they stand', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { id } = bench.discord.say(`${tutti} agents`);
    const list = await bench.posted(/api\b[\s\S]*command/);
    expect(list).toMatchObject({ channel: ids.general, replyTo: id, notified: [] });
    expect(bench.discord.threads()).toEqual([]);
  });

  it('says in place what is wrong with a command, and with an empty mention', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const message = bench.discord.say(`${tutti} history list --limitt 5`);
    const said = await bench.posted('--limitt');
    expect(said).toMatchObject({ replyTo: message.id, channel: ids.general });
    expect(said.text).toContain('Did you mean --limit?');
    bench.discord.say(tutti);
    await bench.posted('Ask me something');
  });

  it('takes an agent’s name in a thread as a mention, and a message in which others are addressed as none', async () => {
    const bench = await startBench({ agents: ['api', 'web'], script });
    const { id } = bench.discord.say(`${tutti} @api hello`);
    await bench.posted('the answer');
    bench.discord.say(`<@${ids.bob}> look at this`, { channel: id });
    bench.discord.say('@web what do you say?', { channel: id });
    await waitFor(() => bench.scene.calls().some(({ agent, event }) => agent === 'web' && event === 'end'), 'web ran');
    expect(bench.scene.calls().some((call) => call.prompt.includes('look at this'))).toBe(true);
  });

  it('takes replies to it, and its role, as mentions', async () => {
    const bench = await startBench({ agents: ['api'], script });
    bench.discord.say(`<@&${ids.botRole}> hello`);
    const answer = await bench.posted('the answer');
    bench.discord.say(`<@${ids.bob}> what do you think?`, { channel: answer.channel });
    bench.discord.say('and you?', { channel: answer.channel, reply: answer });
    await waitFor(() => started(bench).length === 2, 'the reply is heard');
  });

  it('changes a question that waits when it is edited, and drops it when it is deleted', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { agents: { api: [{ when: { prompt: 'first' }, hang: true }, { answer: 'asked {prompt}' }] } },
    });
    const first = bench.discord.say(`${tutti} first`);
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'the first one runs');
    const second = bench.discord.say('second', { channel: first.id });
    const third = bench.discord.say('third', { channel: first.id });
    bench.discord.edit(second, 'another second');
    bench.discord.edit(second, 'the better second');
    bench.discord.remove(third);
    bench.discord.remove(first);
    await bench.posted('the better second');
    await bench.idle();
    const prompts = started(bench).map((call) => call.prompt);
    expect(prompts).toHaveLength(2);
    expect(prompts.some((prompt) => prompt.includes('third'))).toBe(false);
  });

  it('shows people by name and never lets a name become a mention of an agent', async () => {
    const bench = await startBench({
      agents: ['api', 'bob'],
      script: { logPrompt: 10_000, otherwise: { answer: 'the answer' } },
    });
    bench.discord.say(`${tutti} @api what did <@${ids.bob}> do in <#${ids.random}>?`);
    await bench.posted('the answer');
    expect(started(bench).map((call) => call.agent)).toEqual(['api']);
    expect(started(bench)[0]?.prompt).toMatch(/what did bob do in #random\?/i);
  });

  it('gives rights by role', async () => {
    const access = [{ surface: 'discord', roles: [ids.engineers], may: ['read', 'write'] }];
    const bench = await startBench({ agents: ['api'], script, config: { access, surfaces: { discord: {} } } });
    bench.discord.say(`${tutti} hello`, { user: ids.alice });
    await bench.posted('the answer');
    bench.discord.say(`${tutti} hello`, { user: ids.carol });
    await waitFor(() => direct(bench, ids.carol).length === 1, 'carol is refused');
    expect(started(bench)).toHaveLength(1);
  });

  it('answers no bot and no webhook, its own neither', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { id } = bench.discord.say(`${tutti} hello`);
    await bench.posted('the answer');
    const author = { id: '1100000000000000999', username: 'ci', discriminator: '0000', bot: true };
    const event = { channel_id: id, guild_id: ids.guild, timestamp: new Date().toISOString(), type: 0, mentions: [] };
    bench.discord.gateway.dispatch('MESSAGE_CREATE', {
      ...event,
      id: bench.discord.world.snowflake(),
      author,
      content: `${tutti} build failed`,
    });
    bench.discord.say('go on', { channel: id });
    await waitFor(() => started(bench).length === 2, 'the person is heard');
    await bench.idle();
    expect(started(bench)).toHaveLength(2);
  });
});

it('takes an edit back to what it was for an edit', async () => {
  const bench = await startBench({
    agents: ['api'],
    script: {
      agents: { api: [{ when: { prompt: 'first' }, delayMs: 1_500, answer: 'done' }, { answer: 'asked {prompt}' }] },
    },
  });
  const first = bench.discord.say(`${tutti} first`);
  await waitFor(() => started(bench).length === 1, 'the first one runs');
  const second = bench.discord.say('one', { channel: first.id });
  for (const text of ['two', 'one', 'two', 'three', 'two']) {
    // Discord's times have milliseconds, and nobody types faster.
    await new Promise((resolve) => setTimeout(resolve, 5));
    bench.discord.edit(second, text);
  }
  await bench.posted('asked');
  expect(started(bench).at(-1)?.prompt).toMatch(/two\s*$/);
});
