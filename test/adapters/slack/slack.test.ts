import { describe, expect, it } from 'vitest';
import { mindAskingAtLength } from '../../support/served.ts';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('a question on Slack', () => {
  it('is answered once in its thread, though a mention comes as two events and both are repeated', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { answer: 'It is 42, see src/main.ts:3.' } },
    });
    const { message } = await bench.slack.say('<@U0TUTTI> what is it?');
    await bench.slack.event({
      type: 'app_mention',
      channel: message.channel,
      ts: message.ts,
      user: 'U0ALICE',
      text: message.text,
    });
    const answer = await bench.posted('It is 42');
    await bench.idle();
    expect(answer.threadTs).toBe(message.ts);
    expect(answer.text).toMatch(/^<@U0ALICE> It is 42/);
    expect(answer.text).toContain('Sources: 1 ✓ api `src/main.ts:3`');
    expect(bench.slack.posts().filter(({ text }) => text.includes('It is 42'))).toHaveLength(1);
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
  });

  it('shows a status, closed in the end, and every agent under its name before the answer, earning no limit', async () => {
    const agents = ['api', 'web', 'docs', 'worker', 'infra'];
    const script = mindAskingAtLength(agents, 'All five agree [api].');
    const bench = await startBench({ agents, script });
    const { message } = await bench.slack.say('<@U0TUTTI> who are you?');
    await bench.posted('All five agree');
    await bench.idle();
    await waitFor(() => bench.slack.posts()[0]?.blocks.length === 1, 'the status is closed');
    const posts = bench.slack.posts('C0GENERAL', message.ts);
    expect(posts).toHaveLength(7);
    expect(posts[0]?.text).toMatch(/^\*answered · /);
    expect(posts[0]?.text.match(/✓/g)).toHaveLength(5);
    expect(
      posts
        .slice(1, 6)
        .map(({ username }) => username)
        .toSorted(),
    ).toEqual(agents.toSorted());
    expect(posts[6]?.username).toBeNull();
    expect(bench.slack.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('goes on in its thread without a mention, with what was said before', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { logPrompt: 10_000, otherwise: { answer: 'answer to: {prompt}' } },
    });
    const { message } = await bench.slack.say('<@U0TUTTI> the first thing');
    await bench.posted('the first thing');
    await bench.slack.say('and the second?', { thread: message.ts });
    const second = await bench.posted(/and the second/);
    expect(second.threadTs).toBe(message.ts);
    const conversations = new Set(bench.scene.calls().map((call) => call.conversation));
    expect(conversations.size).toBe(1);
  });

  it('leaves people alone who talk with each other, and reads it when it is asked again', async () => {
    const bench = await startBench({ agents: ['api'], script: { logPrompt: 10_000, otherwise: { answer: 'noted' } } });
    const { message } = await bench.slack.say('<@U0TUTTI> hello');
    await bench.posted('noted');
    await bench.idle();
    const calls = () => bench.slack.calls.filter(({ method }) => method !== 'chat.update').length;
    const before = calls();
    await bench.slack.say('<@U0BOB> the port is 7341', { thread: message.ts });
    await bench.slack.say('yes it is', { thread: message.ts, user: 'U0BOB' });
    expect(calls()).toBe(before);
    await bench.slack.say('<@U0TUTTI> which port?', { thread: message.ts });
    await waitFor(
      () => bench.slack.posts().filter(({ text }) => text.includes('noted')).length === 2,
      'it is answered',
    );
    const prompt = bench.scene.calls().at(-1)?.prompt ?? '';
    expect(prompt).toContain('the port is 7341');
    expect(prompt).toContain('bob');
    expect(bench.slack.posts().at(-1)?.text).toContain('read 2 earlier messages of this thread');
  });

  it('opens a thread with a slash command, acknowledged at once', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    const { acknowledged } = await bench.slack.command('/ask', 'why is it &lt;so&gt;?');
    expect(acknowledged?.afterMs).toBeLessThan(1000);
    const answer = await bench.posted('the answer');
    const [root] = bench.slack.posts();
    expect(root).toMatchObject({ threadTs: null, text: '<@U0ALICE> asks: why is it &lt;so&gt;?' });
    expect(answer.threadTs).toBe(root?.ts);
    await bench.idle();
    await bench.slack.say('and why?', { thread: root?.ts ?? '' });
    await waitFor(() => bench.scene.calls().filter((call) => call.event === 'end').length === 2, 'the thread goes on');
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('answers direct messages, and nothing that is not for it', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    await bench.slack.say('just talking', { channel: 'C0RANDOM' });
    await bench.slack.say('hello', { channel: 'D0ALICE' });
    const answer = await bench.posted('the answer', 'D0ALICE');
    expect(answer.threadTs).not.toBeNull();
    expect(bench.slack.posts('C0RANDOM')).toEqual([]);
  });
});
