import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';

const script = { logPrompt: 100_000, otherwise: { answer: 'the answer' } };

describe('a mention inside a thread that others began', () => {
  it('reads what was said before, and says so', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('the number is 7341', { user: 'U0BOB' });
    await bench.slack.say('ask <@U0CAROL> about it', { user: 'U0BOB', thread: message.ts });
    await bench.slack.say('<@U0TUTTI> what is the number?', { thread: message.ts });
    const answer = await bench.posted('the answer');
    expect(answer.text).toContain('read 2 earlier messages of this thread');
    const prompt = bench.scene.calls()[0]?.prompt ?? '';
    expect(prompt).toContain('bob: the number is 7341');
    expect(prompt).toContain('ask carol about it');
  });

  it.each([80, 450])('reads the newest and the first of a long one, of %i messages', async (length) => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('the beginning', { user: 'U0BOB' });
    for (let index = 0; index < length; index += 1)
      bench.slack.workspace.add({
        ...{
          channel: 'C0GENERAL',
          threadTs: message.ts,
          user: 'U0BOB',
          username: null,
          text: `said ${index}`,
          blocks: [],
          metadata: null,
        },
        ...{ files: [], ephemeralFor: null },
      });
    await bench.slack.say('<@U0TUTTI> what do you make of it?', { thread: message.ts });
    const answer = await bench.posted('the answer');
    expect(answer.text).toContain('read the last 20 earlier messages of this thread');
    expect(bench.scene.calls()[0]?.prompt).toContain(`said ${length - 1}`);
    expect(bench.scene.calls()[0]?.prompt).toContain(`said ${length - 19}`);
    expect(bench.scene.calls()[0]?.prompt).not.toContain(`said ${length - 20}\n`);
    expect(bench.scene.calls()[0]?.prompt).toContain('the beginning');
  });

  it('reads as much as a prompt has room for, and what it began with', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('the beginning', { user: 'U0BOB' });
    for (let index = 0; index < 12; index += 1)
      await bench.slack.say(`${'long '.repeat(1000)} said ${index}`.slice(-3900), {
        user: 'U0BOB',
        thread: message.ts,
      });
    await bench.slack.say('<@U0TUTTI> what do you make of it?', { thread: message.ts });
    expect((await bench.posted('the answer')).text).toContain('read the last 6 earlier messages of this thread');
    const prompt = bench.scene.calls()[0]?.prompt ?? '';
    expect(prompt).toContain('bob: the beginning');
    expect([...prompt.matchAll(/said (\d+)/g)].map(([, index]) => index)).toEqual(['7', '8', '9', '10', '11']);
  });

  it('goes on without it where Slack does not tell', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('something', { user: 'U0BOB' });
    bench.slack.refuse('conversations.replies', 'missing_scope');
    await bench.slack.say('<@U0TUTTI> and?', { thread: message.ts });
    await bench.posted('the answer');
  });
});
