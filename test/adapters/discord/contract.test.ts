import { surfaceSuite } from '../../contracts/surface.ts';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

surfaceSuite(
  'Discord',
  async (options) => {
    const { discord, scene, said } = await startBench(options);
    let thread: string | null = null;
    return {
      async say(text) {
        if (thread === null) thread = discord.say(`<@${ids.bot}> ${text}`).id;
        else {
          const { id } = await openedThread(thread);
          discord.say(text, { channel: id });
        }
      },
      async command(text) {
        const where = thread === null ? {} : { channel: (await openedThread(thread)).id };
        discord.say(`!${text}`, where);
      },
      shown: () =>
        [...said(), ...discord.whispers(ids.alice)]
          .flatMap(({ text, files }) => [text, ...files.map(({ content }) => content.toString('utf8'))])
          .join('\n'),
      calls: scene.calls,
    };

    function openedThread(id: string) {
      return waitFor(() => discord.world.channels.get(id), 'the thread is opened');
    }
  },
  { steers: true },
);
