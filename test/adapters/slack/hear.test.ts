import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/adapters/slack/hear.ts';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };

describe('hearing', () => {
  it('refuses people without rights privately, once a day, whatever way they try', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const mallory = { user: 'U0MALLORY' };
    const { message } = await bench.slack.say('<@U0TUTTI> what is it?', mallory);
    await bench.whispered('You may not ask any agent here', 'U0MALLORY');
    await bench.slack.say('<@U0TUTTI> and now?', mallory);
    await bench.slack.say('<@U0TUTTI> status', mallory);
    await bench.slack.say('let me in', { ...mallory, thread: message.ts });
    const hello = await bench.slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    await bench.slack.say('@api tell me', { ...mallory, thread: hello.message.ts });
    await bench.slack.say('!stop', { ...mallory, thread: hello.message.ts });
    expect(bench.slack.whispers()).toHaveLength(1);
    // A command is answered every time: its author alone sees it, and waits for something.
    await bench.slack.command('/ask', 'why?', mallory);
    await bench.slack.command('/status', '', mallory);
    await waitFor(() => bench.slack.whispers('U0MALLORY').length === 3, 'both commands are refused');
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
  });

  it('lets nobody without the right in by any way there is', async () => {
    const bench = await startBench({ agents: ['api'], script: { agents: { api: [{ hang: true }] } } });
    const { slack } = bench;
    const { message } = await slack.say('<@U0TUTTI> hello');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const status = await waitFor(() => slack.posts()[0], 'its status stands there');
    const mallory = { user: 'U0MALLORY' };
    const thread = { ...mallory, thread: message.ts };
    for (const text of ['<@U0TUTTI> tell me', '<@U0TUTTI> stop', '<@U0TUTTI> @api! change it'])
      for (const where of [mallory, thread, { ...mallory, channel: 'D0ALICE' }]) await slack.say(text, where);
    for (const text of ['tell me', '@api tell me', '!stop', '!agents']) await slack.say(text, thread);
    for (const text of ['ask tell me', 'stop', 'agents', 'history export', 'usage', 'agents add x /'])
      await slack.command('/tutti', text, mallory);
    await slack.press(status, 'tutti_stop', 'U0MALLORY');
    await slack.shortcut('tutti_ask_about', message, 'U0MALLORY');
    const view = slack.views.find(({ kind }) => kind === 'open')?.view;
    const state = { values: { question: { question: { value: 'tell me' } } } };
    const sent = await slack.sockets.deliver('interactive', {
      ...{
        type: 'view_submission',
        team: { id: 'T0TEAM' },
        user: { id: 'U0MALLORY' },
        view: { ...view, id: 'V1', state },
      },
    });
    expect(sent?.payload).toMatchObject({ response_action: 'errors' });
    const native = { type: 'agent_session_stopped', channel: 'C0GENERAL', thread_ts: message.ts, event_ts: '1.1' };
    await slack.event({ ...native, user: 'U0MALLORY' });
    await slack.event({ type: 'app_home_opened', user: 'U0MALLORY', channel: 'D0MALLORY', tab: 'home' });
    await waitFor(() => slack.views.some(({ kind }) => kind === 'publish'), 'the page is shown');
    const page = JSON.stringify(slack.views.find(({ kind }) => kind === 'publish')?.view);
    expect(page).not.toMatch(/hello|@api/);
    expect(bench.program.runtime.running.size).toBe(1);
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
    expect(slack.posts()).toEqual([status]);
  });

  it('takes a message once however often Slack brings it, under whatever name', async () => {
    const bench = await startBench({ agents: ['api'], script, double: { ackMs: 5, retryMs: [10, 20, 40] } });
    const { message } = await bench.slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    await bench.stop();
    const again = {
      ...bench,
      ...(await startBench({ agents: ['api'], script, slack: bench.slack, scene: bench.scene })),
    };
    // Also after a restart, when nobody remembers it but the ledger.
    for (const type of ['app_mention', 'message'])
      await again.slack.event({
        type,
        channel: 'C0GENERAL',
        channel_type: 'channel',
        ts: message.ts,
        user: 'U0ALICE',
        text: message.text,
      });
    await again.idle();
    expect(again.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
    expect(bench.slack.posts().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('asks Slack for nothing because of what others say', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const calls = () => bench.slack.calls.filter(({ method }) => method !== 'apps.connections.open').length;
    const before = calls();
    for (let index = 0; index < 500; index += 1)
      await bench.slack.say(`talk ${index} @api <@U0BOB>`, { channel: 'C0RANDOM' });
    expect(calls()).toBe(before);
  });

  it('takes commands in threads, with a mention and with an exclamation mark', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    await bench.slack.say('!agents', { thread: message.ts });
    const list = await bench.posted(/api/);
    expect(list.threadTs).toBe(message.ts);
    await bench.slack.say('<@U0TUTTI> follow off', { thread: message.ts });
    await bench.posted('only take messages that mention me');
    await bench.slack.say('is anybody there?', { thread: message.ts });
    await bench.idle();
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
  });

  it('says privately what is wrong with a command, and with an empty mention', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await bench.slack.say('<@U0TUTTI> history list --limitt 5');
    expect((await bench.whispered('--limitt', 'U0ALICE')).text).toContain('Did you mean --limit?');
    await bench.slack.say('<@U0TUTTI>');
    await bench.whispered('Ask me something', 'U0ALICE');
  });

  it('says what is wrong with a command, however long that is', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await bench.slack.say(`<@U0TUTTI> history list --limit ${'x'.repeat(5000)}`);
    await bench.whispered('takes a number', 'U0ALICE');
  });

  it('takes an agent’s name in a thread as a mention, and a message in which others are addressed as none', async () => {
    const bench = await startBench({ agents: ['api', 'web'], script });
    const { message } = await bench.slack.say('<@U0TUTTI> @api hello');
    await bench.posted('the answer');
    await bench.slack.say('<@U0BOB> look at this', { thread: message.ts });
    await bench.slack.say('@web what do you say?', { thread: message.ts });
    await waitFor(
      () => bench.scene.calls().some((call) => call.agent === 'web' && call.event === 'end'),
      'web is asked',
    );
    expect(bench.scene.calls().some((call) => call.prompt.includes('look at this'))).toBe(true);
  });

  it('changes a question that waits when it is edited, and drops it when it is deleted', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { agents: { api: [{ when: { prompt: 'first' }, hang: true }, { answer: 'asked {prompt}' }] } },
    });
    const first = await bench.slack.say('<@U0TUTTI> first');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'the first one runs');
    const thread = first.message.ts;
    const second = await bench.slack.say('second', { thread });
    const third = await bench.slack.say('third', { thread });
    await bench.slack.edit(second.message, 'the better second');
    await bench.slack.remove(third.message);
    await bench.slack.remove(first.message);
    await bench.posted('the better second');
    await bench.idle();
    const prompts = bench.scene
      .calls()
      .filter((call) => call.event === 'start')
      .map((call) => call.prompt);
    expect(prompts).toHaveLength(2);
    expect(prompts.some((prompt) => prompt.includes('third'))).toBe(false);
  });

  it('stops a question that is deleted, though Slack says no more than which it was', async () => {
    const bench = await startBench({ agents: ['api'], script: { agents: { api: [{ hang: true }] } } });
    const { message } = await bench.slack.say('<@U0TUTTI> first');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const gone = { type: 'message', subtype: 'message_deleted', ts: '9.000001', deleted_ts: message.ts };
    await bench.slack.event({ ...gone, channel: 'C0GENERAL' });
    expect((await bench.posted('Stopped')).text).toContain('stopped by its author');
  });

  it('takes each edit, also one that brings back what stood there before', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { agents: { api: [{ when: { prompt: 'first' }, hang: true }, { answer: 'asked {prompt}' }] } },
    });
    const first = await bench.slack.say('<@U0TUTTI> first');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'the first one runs');
    const second = await bench.slack.say('second', { thread: first.message.ts });
    for (const text of ['another', 'second', 'another']) await bench.slack.edit(second.message, text);
    await bench.slack.remove(first.message);
    await bench.posted('asked');
    expect(bench.scene.calls().at(-1)?.prompt).toContain('another');
  });

  it('asks Slack for nothing when somebody edits what is not for it', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const { message } = await bench.slack.say('what does <@U0BOB> think?');
    const before = bench.slack.calls.length;
    await bench.slack.edit(message, 'what do <@U0BOB> and <@U0CAROL> think?');
    await bench.slack.remove(message);
    expect(bench.slack.calls.slice(before)).toEqual([]);
  });

  it('shows people by name and never lets a name become a mention of an agent', async () => {
    const bench = await startBench({
      agents: ['api', 'bob'],
      script: { logPrompt: 10_000, otherwise: { answer: 'the answer' } },
    });
    await bench.slack.say('<@U0TUTTI> @api what did <@U0BOB> do?');
    await bench.posted('the answer');
    const asked = bench.scene.calls().filter((call) => call.event === 'start');
    expect(asked.map((call) => call.agent)).toEqual(['api']);
    expect(asked[0]?.prompt).toContain('what did bob do?');
  });

  it('gives rights by user group', async () => {
    const access = [{ surface: 'slack', roles: ['S0BACKEND'], may: ['read', 'write'] }];
    const bench = await startBench({ agents: ['api'], script, config: { access, surfaces: { slack: {} } } });
    await bench.slack.say('<@U0TUTTI> hello', { user: 'U0BOB' });
    await bench.posted('the answer');
    await bench.slack.say('<@U0TUTTI> hello');
    await bench.whispered('You may not ask', 'U0ALICE');
    expect(bench.slack.calls.filter(({ method }) => method === 'usergroups.list')).toHaveLength(1);
  });
});

it('makes a place of a channel', () => {
  expect(placeOf('T', 'C', null, { direct: false, private: true })).toEqual({
    ...{ surface: 'slack', workspace: 'T', channel: 'C', direct: false, private: true },
  });
});
