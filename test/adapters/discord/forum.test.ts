import { PermissionFlagsBits } from 'discord.js';
import { expect, it } from 'vitest';
import { startBench } from '../../support/discord/bench.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const tutti = `<@${ids.bot}>`;

it('a post shows by its tags how its conversation stands, and keeps its own', async () => {
  const bench = await startBench({
    agents: ['api'],
    script: {
      agents: {
        api: [
          { delayMs: 400, answer: 'the answer' },
          { stderr: 'boom\n', exit: 3 },
        ],
      },
    },
  });
  const post = bench.discord.openThread('why?', { channel: ids.forum, text: `${tutti} why?` });
  const tags = () => bench.discord.world.channels.get(post.id)?.tags;
  await waitFor(() => tags()?.includes(ids.tagRunning), 'it is tagged as running');
  await bench.posted('the answer', post.id);
  await waitFor(() => tags()?.includes(ids.tagDone), 'it is tagged as done');
  expect(tags()).toEqual([ids.tagDone]);
  bench.discord.say('!agents', { channel: post.id });
  await bench.posted(/api\b[\s\S]*command/, post.id);
  await bench.idle();
  expect(tags()).toEqual([ids.tagDone]);
  bench.discord.say('again', { channel: post.id });
  await waitFor(() => tags()?.includes(ids.tagFailed), 'it is tagged as failed');
  expect(tags()).toEqual([ids.tagFailed]);
});

it('a thread of a channel has no tags, and nothing is asked for it', async () => {
  const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
  bench.discord.say(`${tutti} why?`);
  await bench.posted('the answer');
  await bench.idle();
  expect(bench.discord.calls.filter(({ route }) => route === 'channel.edit')).toEqual([]);
});

it.each([true, false])('a forum without such tags gets them where that is allowed (%s)', async (allowed) => {
  const discord = await startDiscord({ limits: 'fast' });
  const forum = discord.world.channels.get(ids.forum);
  const role = discord.world.roles.get(ids.botRole);
  if (forum === undefined || role === undefined) throw new Error('no forum');
  forum.availableTags = [{ id: '1100000000000000399', name: 'Bug' }];
  const permissions = role.permissions | (allowed ? PermissionFlagsBits.ManageChannels : 0n);
  discord.world.roles.set(ids.botRole, { ...role, permissions });
  const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } }, discord });
  const post = discord.openThread('why?', { channel: ids.forum, text: `${tutti} why?` });
  await bench.posted('the answer', post.id);
  await bench.idle();
  const names = () => forum.availableTags.map(({ name }) => name);
  if (!allowed) return expect(names()).toEqual(['Bug']);
  const done = await waitFor(() => forum.availableTags.find(({ name }) => name === 'done'), 'the tags are made');
  await waitFor(() => discord.world.channels.get(post.id)?.tags.includes(done.id), 'the post is tagged');
  expect(names()).toEqual(['Bug', 'running', 'done', 'failed']);
});
