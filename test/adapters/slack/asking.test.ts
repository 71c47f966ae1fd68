import { expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };

it('what is asked in a form goes on with the conversation that a command opened the thread for', async () => {
  const bench = await startBench({ agents: ['api'], script });
  await bench.slack.command('/ask', 'why?');
  await bench.posted('the answer');
  const [root] = bench.slack.posts();
  if (root === undefined) throw new Error('no thread');
  await bench.slack.shortcut('tutti_ask_about', root);
  const form = {
    ...bench.slack.views[0]?.view,
    id: 'V7',
    state: { values: { question: { question: { value: 'and?' } } } },
  };
  await bench.slack.sockets.deliver('interactive', {
    ...{ type: 'view_submission', team: { id: 'T0TEAM' }, user: { id: 'U0ALICE' }, view: form },
  });
  await waitFor(() => bench.scene.calls().filter((call) => call.event === 'end').length === 2, 'it is asked');
  expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
});
