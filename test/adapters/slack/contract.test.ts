import { surfaceSuite } from '../../contracts/surface.ts';
import { startBench } from '../../support/slack/bench.ts';
import type { Json } from '../../support/slack/workspace.ts';

surfaceSuite(
  'Slack',
  async (options) => {
    const { slack, scene } = await startBench(options);
    let thread: string | null = null;
    return {
      async say(text) {
        const { message } = thread === null ? await slack.say(`<@U0TUTTI> ${text}`) : await slack.say(text, { thread });
        thread ??= message.ts;
      },
      async command(text) {
        await slack.say(`!${text}`, thread === null ? {} : { thread });
      },
      shown: () =>
        [
          ...slack.posts('C0GENERAL').filter(({ username, blocks }) => username === null && !isStatus(blocks)),
          ...slack.whispers('U0ALICE'),
        ]
          .flatMap(({ text, files }) => [text, ...files.map(({ content }) => content.toString('utf8'))])
          .join('\n'),
      calls: scene.calls,
    };
  },
  { steers: true },
);

/** What is being done, in contrast to what is said. */
function isStatus(blocks: readonly Json[]): boolean {
  const [first] = blocks;
  return first?.type === 'section' && first.expand !== true;
}
