import { describe, expect, it } from 'vitest';
import { type BenchOptions, type DiscordBench, startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const hanging = { agents: { api: [{ hang: true }] } };
const script = { otherwise: { answer: 'the answer' } };
const tutti = `<@${ids.bot}>`;
const started = (bench: DiscordBench) => bench.scene.calls().filter((call) => call.event === 'start');
const hangs = (bench: DiscordBench) => bench.scene.calls().filter((call) => call.event === 'hang').length;

/** With its commands registered. */
async function open(options: BenchOptions): Promise<DiscordBench> {
  const bench = await startBench(options);
  await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
  return bench;
}

describe('slash commands', () => {
  it('are answered to their author alone, own names and umbrella alike', async () => {
    const bench = await open({ agents: ['api'], script });
    const { acknowledged } = await bench.discord.command('agents list');
    expect(acknowledged?.data).toMatchObject({ flags: expect.any(Number) });
    await bench.whispered(/api[\s\S]*command/, ids.alice);
    await bench.discord.command('tutti', { command: 'usage' }, { user: ids.bob });
    await waitFor(() => bench.discord.whispers(ids.bob).some(({ text }) => text !== ''), 'usage comes back');
    await bench.discord.command('tutti', { command: 'help' });
    await bench.whispered(/history/, ids.alice);
    expect(bench.said()).toEqual([]);
    expect(bench.discord.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('say what is wrong with them', async () => {
    const bench = await open({ agents: ['api'], script });
    await bench.discord.command('tutti', { command: 'histroy' });
    await bench.whispered('Did you mean /history', ids.alice);
    await bench.discord.command('history list', { since: 'whenever' });
    await bench.whispered('"whenever" is no time.', ids.alice);
  });

  it('are acknowledged under a second while eight agents are busy', async () => {
    const agents = Array.from({ length: 8 }, (_, index) => `agent${index}`);
    const asks = agents.map((agent) => ({ agent, prompt: 'x' }));
    const bench = await open({
      agents,
      script: {
        agents: { tutti: [{ answer: JSON.stringify({ next: 'ask', reason: 'x', asks }) }] },
        otherwise: { hang: true },
      },
    });
    bench.discord.say(`${tutti} work`);
    await waitFor(() => hangs(bench) === 8, 'all are busy');
    const one = await bench.discord.command('status');
    const other = await bench.discord.command('ask', { question: 'and this?' }, { channel: ids.random });
    expect(one.acknowledged?.afterMs).toBeLessThan(1000);
    expect(other.acknowledged?.afterMs).toBeLessThan(1000);
  });

  it('are recorded before they are acknowledged', async () => {
    const bench = await open({ agents: ['api'], script: hanging });
    const { acknowledged } = await bench.discord.command('ask', { question: 'why?' });
    expect(acknowledged?.kind).toBe('message');
    expect(bench.program.ledger.open().map(({ message }) => message.text)).toEqual(['why?']);
  });

  it('come too late to be acknowledged and are answered in the channel', async () => {
    const bench = await open({ agents: ['api'], script, double: { ackMs: 0 } });
    await bench.discord.command('ask', { question: 'why?' });
    await bench.posted('the answer');
    await bench.discord.command('agents list');
    const list = await bench.posted(/api[\s\S]*command/, ids.general);
    expect(list.ephemeralFor).toBeNull();
  });

  it('answer in the thread although their token is over', async () => {
    const bench = await open({ agents: ['api'], script: { otherwise: { delayMs: 500, answer: 'the answer' } } });
    await bench.discord.command('ask', { question: 'why?' });
    await waitFor(() => started(bench).length === 1, 'it runs');
    bench.discord.expireTokens();
    const answer = await bench.posted('the answer');
    expect(bench.discord.threads()).toMatchObject([{ id: answer.channel }]);
  });

  it('suggest what this person may see', async () => {
    const bench = await open({ agents: ['api', 'web'], script });
    const offered = await bench.discord.complete('ask', 'agents', 'a', { values: { question: 'x' } });
    expect(offered?.map(({ value }) => value)).toContain('api');
    const nothing = await bench.discord.complete('ask', 'agents', 'a', {
      values: { question: 'x' },
      user: ids.mallory,
    });
    expect(nothing).toEqual([]);
  });

  it('open a form for a long text', async () => {
    const bench = await open({ agents: ['api', 'web'], script: { logPrompt: 10_000, ...script } });
    const outcome = await bench.discord.command('ask', { question: '-', agents: 'web' });
    expect(outcome.acknowledged?.kind).toBe('modal');
    await bench.discord.submit(outcome, { text: 'first line\n\nsecond line' });
    await bench.posted('the answer');
    expect(started(bench)[0]?.prompt).toContain('first line\n\nsecond line');
    expect(started(bench).map((call) => call.agent)).toEqual(['web']);
  });
});

it('says what is wrong with a command, however long that is', async () => {
  const bench = await startBench({ agents: ['api'], script });
  await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
  const wrong = `history list --limit ${'x*'.repeat(1500)}`;
  await bench.discord.command('tutti', { command: wrong });
  await bench.whispered('takes a number', ids.alice);
  bench.discord.say(`${tutti} ${wrong.slice(0, 1900)}`);
  await bench.posted('takes a number');
});

describe('the button to stop', () => {
  it('stops once, though two people press it, and is gone then', async () => {
    const bench = await open({ agents: ['api'], script: hanging });
    bench.discord.say(`${tutti} go`);
    await waitFor(() => hangs(bench) === 1, 'it runs');
    const status = await waitFor(() => bench.statuses()[0], 'its status stands there');
    await Promise.all([bench.discord.press(status, 'tutti:stop'), bench.discord.press(status, 'tutti:stop', ids.bob)]);
    await bench.posted('Stopped:');
    await bench.idle();
    await waitFor(() => bench.statuses()[0]?.components.length === 0, 'the button is gone');
    expect(bench.said().filter(({ text }) => text.includes('Stopped:'))).toHaveLength(1);
    expect(bench.statuses()[0]?.text).toMatch(/^\*\*stopped · /);
  });

  it('needs the right of the command it stands for', async () => {
    const access = [
      { surface: 'discord', users: [ids.alice], may: ['read', 'write'] },
      { surface: 'discord', users: [ids.bob], may: ['read'] },
    ];
    const bench = await open({ agents: ['api'], script: hanging, config: { access, surfaces: { discord: {} } } });
    bench.discord.say(`${tutti} go`);
    await waitFor(() => hangs(bench) === 1, 'it runs');
    const status = await waitFor(() => bench.statuses()[0], 'its status stands there');
    await bench.discord.press(status, 'tutti:stop', ids.bob);
    await bench.whispered('asked by', ids.bob);
    await bench.discord.press(status, 'tutti:stop', ids.mallory);
    await bench.whispered('You may not use /stop', ids.mallory);
    expect(bench.program.runtime.running.size).toBe(1);
  });

  it('still stops after a restart what was taken up again', async () => {
    const scene = { agents: ['api'], script: hanging };
    const first = await startBench(scene);
    first.discord.say(`${tutti} go`);
    await waitFor(() => hangs(first) === 1 && first.statuses().length === 1, 'it runs');
    const [status] = first.statuses();
    if (status === undefined) throw new Error('no status');
    await first.stop();
    const second = await startBench({ ...scene, discord: first.discord, scene: first.scene });
    await waitFor(() => hangs(second) === 2, 'it runs again');
    await second.discord.press(status, 'tutti:stop');
    await second.posted('Stopped:');
  });
});

describe('the button to try again', () => {
  it('asks once more what failed, however many press it, and is gone then', async () => {
    const bench = await open({
      agents: ['api'],
      script: { agents: { api: [{ stderr: 'boom\n', exit: 3 }, { answer: 'the answer' }] } },
    });
    const { id } = bench.discord.say(`${tutti} go`);
    const failure = await bench.posted(new RegExp(`^<@${ids.alice}>`));
    await bench.discord.press(failure, 'tutti:retry', ids.mallory);
    await bench.whispered('You may not', ids.mallory);
    expect(failure.components).toHaveLength(1);
    await Promise.all([
      bench.discord.press(failure, 'tutti:retry'),
      bench.discord.press(failure, 'tutti:retry', ids.bob),
    ]);
    const answer = await bench.posted('the answer');
    await bench.idle();
    expect(answer.channel).toBe(id);
    expect(started(bench)).toHaveLength(2);
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
    await waitFor(() => failure.components.length === 0, 'the button is gone');
  });

  it('is none where everything was answered', async () => {
    const bench = await open({ agents: ['api'], script });
    bench.discord.say(`${tutti} go`);
    expect((await bench.posted('the answer')).components).toEqual([]);
  });
});

describe('the buttons under a document', () => {
  const content = Buffer.from('# Plan\n\n- [ ] one\n- [ ] two\n');
  const plan = { name: 'plan.md', type: 'text/markdown', content };

  it('save it where it was shown, and only for somebody who may', async () => {
    const bench = await open({ agents: ['api', 'web'], script });
    const { id } = bench.discord.say(tutti, { files: [plan] });
    const shown = await bench.posted('`plan.md` · 2 tasks');
    expect(bench.discord.threads()).toMatchObject([{ id, name: 'plan.md' }]);
    await bench.discord.press(shown, 'tutti:press:save', ids.mallory);
    await waitFor(() => bench.discord.whispers(ids.mallory).length === 1, 'she is refused');
    await bench.discord.press(shown, 'tutti:press:save');
    await waitFor(() => shown.text.startsWith('Saved as'), 'it is saved');
    expect(shown).toMatchObject({ text: expect.stringContaining('in api (2 tasks)'), components: [], notified: [] });
    expect(bench.said()).toHaveLength(1);
  });

  it('are a menu for many agents, and ask about it in the thread', async () => {
    const agents = Array.from({ length: 7 }, (_, index) => `agent${index}`);
    const bench = await open({
      agents,
      script: { agents: { tutti: [{ answer: '{"next":"clarify","question":"Which?"}' }] } },
    });
    bench.discord.say(tutti, { files: [plan] });
    const shown = await bench.posted('2 tasks');
    await bench.discord.press(shown, 'tutti:press:ask', ids.bob);
    const asked = await bench.posted('Which?');
    expect([asked.channel, asked.notified]).toEqual([shown.channel, [ids.bob]]);
    const menu = JSON.stringify(shown.components);
    const [, value = ''] = /"value":"(save:[^"]*:agent3)"/.exec(menu) ?? [];
    await bench.discord.select(shown, 'tutti:press:menu', [value]);
    await waitFor(() => shown.text.includes('in agent3'), 'it is saved for the chosen one');
  });
});

describe('asking about a message', () => {
  it('opens a form, reads the message, and answers in a thread of it', async () => {
    const bench = await open({ agents: ['api'], script: { logPrompt: 10_000, ...script } });
    const message = bench.discord.say('the build fails with code 7341', { user: ids.bob });
    const outcome = await bench.discord.menu('Ask Tutti about this', message);
    expect(outcome.acknowledged?.kind).toBe('modal');
    await bench.discord.submit(outcome, { text: 'why is that?' });
    const answer = await bench.posted('the answer');
    expect(answer.channel).toBe(message.id);
    expect(bench.discord.posts(message.id)[0]?.text).toBe(`<@${ids.alice}> asks: why is that?`);
    expect(started(bench)[0]?.prompt).toContain('code 7341');
  });

  it('is refused before anything is written', async () => {
    const bench = await open({ agents: ['api'], script });
    const message = bench.discord.say('look');
    const outcome = await bench.discord.menu('Ask Tutti about this', message, ids.mallory);
    expect(outcome.acknowledged?.kind).toBe('message');
    await bench.whispered('You may not ask any agent here.', ids.mallory);
    await bench.discord.command('ask', { question: '-' }, { user: ids.mallory });
    await waitFor(() => bench.discord.whispers(ids.mallory).length === 2, 'the form of a command is refused too');
  });

  it('goes on with the conversation of an answer that stands in no thread', async () => {
    const bench = await open({ agents: ['api'], script, double: { without: ['CreatePublicThreads'] } });
    bench.discord.say(`${tutti} hello`);
    const answer = await bench.posted('the answer', ids.general);
    await bench.idle();
    await bench.discord.submit(await bench.discord.menu('Ask Tutti about this', answer), { text: 'and why?' });
    await waitFor(() => started(bench).length === 2, 'it is asked');
    await bench.idle();
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('goes on with the conversation of a thread', async () => {
    const bench = await open({ agents: ['api'], script });
    const { id } = bench.discord.say(`${tutti} hello`);
    const answer = await bench.posted('the answer');
    await bench.discord.submit(await bench.discord.menu('Ask Tutti about this', answer), { text: 'and why?' });
    await waitFor(() => started(bench).length === 2, 'it is asked');
    await bench.idle();
    expect(bench.said().every(({ channel }) => channel === id)).toBe(true);
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });
});
