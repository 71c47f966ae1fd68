import { expect, it } from 'vitest';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
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
