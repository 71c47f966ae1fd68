import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

const hanging = { agents: { api: [{ hang: true }] } };
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

describe('the button to stop', () => {
  it('stops once, though two people press it, and is gone then', async () => {
    const bench = await startBench({ agents: ['api'], script: hanging });
    await bench.slack.say('<@U0TUTTI> go');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const [status] = bench.slack.posts();
    if (status === undefined) throw new Error('no status');
    await Promise.all([bench.slack.press(status, 'tutti_stop'), bench.slack.press(status, 'tutti_stop', 'U0BOB')]);
    await bench.posted('Stopped:');
    await bench.idle();
    await waitFor(() => bench.slack.posts()[0]?.blocks.length === 1, 'the button is gone');
    expect(bench.slack.posts().filter(({ text }) => text.includes('Stopped:'))).toHaveLength(1);
    expect(bench.slack.posts()[0]?.text).toMatch(/^\*stopped · /);
  });

  it('needs the right of the command it stands for', async () => {
    const access = [
      { surface: 'slack', users: ['U0ALICE'], may: ['read', 'write'] },
      { surface: 'slack', users: ['U0BOB'], may: ['read'] },
    ];
    const bench = await startBench({ agents: ['api'], script: hanging, config: { access, surfaces: { slack: {} } } });
    await bench.slack.say('<@U0TUTTI> go');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const [status] = bench.slack.posts();
    if (status === undefined) throw new Error('no status');
    await bench.slack.press(status, 'tutti_stop', 'U0BOB');
    await bench.whispered('asked by alice', 'U0BOB');
    await bench.slack.press(status, 'tutti_stop', 'U0MALLORY');
    await bench.whispered('You may not use /stop', 'U0MALLORY');
    expect(bench.program.runtime.running.size).toBe(1);
    await bench.slack.event({
      type: 'agent_session_stopped',
      channel: 'C0GENERAL',
      thread_ts: status.threadTs,
      user: 'U0ALICE',
      event_ts: '1.1',
    });
    await bench.posted('Stopped:');
  });
});

it('a button still stops after a restart what was taken up again', async () => {
  const scene = { agents: ['api'], script: hanging };
  const hangs = (bench: { scene: { calls(): readonly { event: string }[] } }) =>
    bench.scene.calls().filter((call) => call.event === 'hang').length;
  const first = await startBench(scene);
  await first.slack.say('<@U0TUTTI> go');
  await waitFor(() => hangs(first) === 1 && first.slack.posts().length === 1, 'it runs');
  const [status] = first.slack.posts();
  if (status === undefined) throw new Error('no status');
  await first.stop();
  const second = await startBench({ ...scene, slack: first.slack, scene: first.scene });
  await waitFor(() => hangs(second) === 2, 'it runs again');
  await second.slack.press(status, 'tutti_stop');
  await second.posted('Stopped:');
});

describe('asking about a message', () => {
  it('goes on with the conversation that a command opened the thread for', async () => {
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
