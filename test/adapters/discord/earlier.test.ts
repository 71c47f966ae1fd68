import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';

const tutti = `<@${ids.bot}>`;
const scene = { agents: ['api'], script: { logPrompt: 20_000, otherwise: { answer: 'noted' } } };

describe('a mention inside a thread that others began', () => {
  it('reads what was said before, where the thread hangs too, and says so', async () => {
    const bench = await startBench(scene);
    const message = bench.discord.say('the port is 7341', { user: ids.bob });
    const thread = bench.discord.openThread('ports', { message });
    bench.discord.say('and the host is db', { channel: thread.id });
    bench.discord.say(`${tutti} what do we know?`, { channel: thread.id });
    const answer = await bench.posted('noted');
    const prompt = bench.scene.calls()[0]?.prompt ?? '';
    expect(prompt.indexOf('the port is 7341')).toBeGreaterThan(0);
    expect(prompt.indexOf('the host is db')).toBeGreaterThan(prompt.indexOf('the port is 7341'));
    expect(answer).toMatchObject({ channel: thread.id, text: expect.stringContaining('read 2 earlier messages') });
  });

  it('reads the first message of a post in a forum', async () => {
    const bench = await startBench(scene);
    const post = bench.discord.openThread('ports', { channel: ids.forum, text: 'the port is 7341' });
    bench.discord.say(`${tutti} which port?`, { channel: post.id });
    await bench.posted('noted', post.id);
    expect(bench.scene.calls()[0]?.prompt).toContain('the port is 7341');
  });

  it('reads the newest and the first of a long one, and says that there is more', async () => {
    const bench = await startBench(scene);
    const thread = bench.discord.openThread('talk', { message: bench.discord.say('the beginning') });
    for (let index = 0; index < 120; index += 1) bench.discord.say(`line ${index}.`, { channel: thread.id });
    bench.discord.say(`${tutti} and?`, { channel: thread.id });
    expect((await bench.posted('noted')).text).toContain('read the last 20 earlier messages');
    const prompt = bench.scene.calls()[0]?.prompt ?? '';
    expect(prompt).toContain('the beginning');
    expect(prompt).toContain('line 119.');
    expect(prompt).toContain('line 101.');
    expect(prompt).not.toContain('line 100.');
  });
});

it('a mention that answers a message reads that message', async () => {
  const bench = await startBench(scene);
  const message = bench.discord.say('the port is 7341', { user: ids.bob });
  bench.discord.say(`${tutti} which port?`, { reply: message });
  await bench.posted('noted');
  expect(bench.scene.calls()[0]?.prompt).toContain('the port is 7341');
});
