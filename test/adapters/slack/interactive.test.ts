import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };

describe('slash commands', () => {
  it('are answered to their author alone, own names and umbrella alike', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { acknowledged } = await bench.slack.command('/agents', '');
    expect(acknowledged?.afterMs).toBeLessThan(1000);
    await bench.whispered('api', 'U0ALICE');
    await bench.slack.command('/tutti', 'usage', { user: 'U0BOB' });
    await waitFor(() => bench.slack.whispers('U0BOB').length === 1, 'usage comes back');
    await bench.slack.command('/tutti', '');
    await bench.whispered(/history/, 'U0ALICE');
    expect(bench.slack.posts()).toEqual([]);
  });

  it('say what is wrong with them', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await bench.slack.command('/tutti', 'histroy');
    await bench.whispered('Did you mean /history', 'U0ALICE');
    await bench.slack.command('/ask', '--rounds many why');
    await waitFor(() => bench.slack.whispers('U0ALICE').length === 2, 'both are said');
  });

  it('may have a prefix', async () => {
    const surfaces = { slack: { commandPrefix: 'x-' } };
    const access = [{ surface: 'slack', may: ['read', 'write'] }];
    const bench = await startBench({ agents: ['api'], script, config: { surfaces, access } });
    await bench.slack.command('/x-ask', 'why?');
    await bench.posted('the answer');
  });

  it('are acknowledged under a second while eight agents are busy', async () => {
    const agents = Array.from({ length: 8 }, (_, index) => `agent${index}`);
    const asks = agents.map((agent) => ({ agent, prompt: 'x' }));
    const bench = await startBench({
      agents,
      script: {
        agents: { tutti: [{ answer: JSON.stringify({ next: 'ask', reason: 'x', asks }) }] },
        otherwise: { hang: true },
      },
    });
    await bench.slack.say('<@U0TUTTI> work');
    await waitFor(() => bench.scene.calls().filter((call) => call.event === 'hang').length === 8, 'all are busy');
    const one = await bench.slack.command('/status', '');
    const other = await bench.slack.command('/ask', 'and this?', { channel: 'C0RANDOM' });
    expect(one.acknowledged?.afterMs).toBeLessThan(1000);
    expect(other.acknowledged?.afterMs).toBeLessThan(1000);
  });
});

describe('asking about a message', () => {
  it('tells which message of a long thread was chosen', async () => {
    const bench = await startBench({ agents: ['api'], script: { logPrompt: 100_000, ...script } });
    const { message } = await bench.slack.say('the beginning', { user: 'U0BOB' });
    const say = async (index: number) =>
      (await bench.slack.say(`said ${index}.`, { user: 'U0BOB', thread: message.ts })).message;
    for (const index of [0, 1, 2]) await say(index);
    const chosen = await say(3);
    for (let index = 4; index < 30; index += 1) await say(index);
    await bench.slack.shortcut('tutti_ask_about', chosen);
    const form = {
      ...bench.slack.views[0]?.view,
      id: 'V8',
      state: { values: { question: { question: { value: 'why?' } } } },
    };
    await bench.slack.sockets.deliver('interactive', {
      ...{ type: 'view_submission', team: { id: 'T0TEAM' }, user: { id: 'U0ALICE' }, view: form },
    });
    await bench.posted('the answer');
    const prompt = bench.scene.calls()[0]?.prompt ?? '';
    expect(prompt).toContain('bob (asked about): said 3.');
    expect(prompt).toContain('bob: the beginning');
    expect(prompt).toContain('bob: said 29.');
    expect(prompt).not.toContain('said 4.');
  });

  it('opens a form, reads the thread, and answers there', async () => {
    const bench = await startBench({ agents: ['api'], script: { logPrompt: 10_000, ...script } });
    const { message } = await bench.slack.say('the build fails with code 7341');
    await bench.slack.shortcut('tutti_ask_about', message);
    const opened = bench.slack.views.find(({ kind }) => kind === 'open');
    expect(opened?.view).toMatchObject({ type: 'modal', callback_id: 'tutti_ask_about' });
    const submit = (value: string) =>
      bench.slack.sockets.deliver('interactive', {
        type: 'view_submission',
        team: { id: 'T0TEAM' },
        user: { id: 'U0ALICE', team_id: 'T0TEAM' },
        view: { ...opened?.view, id: 'V1', state: { values: { question: { question: { value } } } } },
      });
    expect((await submit(' '))?.payload).toMatchObject({ response_action: 'errors' });
    await submit('why is that?');
    const answer = await bench.posted('the answer');
    expect(answer.threadTs).toBe(message.ts);
    expect(bench.slack.posts('C0GENERAL', message.ts)[0]?.text).toBe('<@U0ALICE> asks: why is that?');
    expect(bench.scene.calls()[0]?.prompt).toContain('code 7341');
  });
});

it('shows its own page', async () => {
  const bench = await startBench({ agents: ['api'], script });
  await bench.slack.event({ type: 'app_home_opened', user: 'U0ALICE', channel: 'D0ALICE', tab: 'home' });
  await waitFor(() => bench.slack.views.length === 1, 'it is published');
  expect(JSON.stringify(bench.slack.views[0]?.view)).toContain('@api');
});
