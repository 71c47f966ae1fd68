import { describe, expect, it } from 'vitest';
import type { SharedHost } from '../../../src/adapters/adapter.ts';
import { type AnswersOptions, createAnswers } from '../../../src/adapters/discord/answers.ts';
import type { StatusRecord } from '../../../src/adapters/status-message.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { startBench } from '../../support/discord/bench.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn } from '../../support/discord/signed-in.ts';
import { mindAsking } from '../../support/served.ts';
import { storeForTest } from '../../support/store/store.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };
const tutti = `<@${ids.bot}>`;

it('closes the statuses that its own application left open, and those of no other', async () => {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  const statuses = createCollections(storeForTest()).collection<StatusRecord>('status');
  const records = (() => statuses) as unknown as SharedHost['records'];
  const options = { rest, application: 'A', host: { records } } as Partial<AnswersOptions> as AnswersOptions;
  await statuses.set('A:1', { channel: ids.general, ts: '1' });
  await statuses.set('B:1', { channel: ids.general, ts: '2' });
  await createAnswers(options).tidy();
  expect((await Array.fromAsync(statuses.entries())).map(([key]) => key)).toEqual(['B:1']);
  expect(discord.calls.filter(({ route }) => route === 'message.edit')).toHaveLength(1);
});

describe('answers', () => {
  it('of 60,000 characters are a beginning and a file with all of it', async () => {
    const line = 'A sentence of the long answer that goes on and on.\n\n';
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: line.repeat(1200) } } });
    const { id } = bench.discord.say(`${tutti} all of it`);
    const file = await waitFor(
      () => bench.said().find(({ files }) => files.length > 0)?.files[0],
      'a file is attached',
    );
    await bench.idle();
    expect(file.content.toString().split('A sentence').length).toBe(1201);
    expect(file.name).toMatch(/\.md$/);
    const texts = bench.said().filter(({ channel, text }) => channel === id && text !== '');
    expect(texts.length).toBeLessThanOrEqual(3);
    expect(texts[0]?.text).toMatch(new RegExp(`^<@${ids.alice}> A sentence`));
    expect(bench.discord.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('stand in messages, whole, where Discord takes no file', async () => {
    const line = 'A sentence of the long answer that goes on and on.\n\n';
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: line.repeat(600) } } });
    bench.discord.deny('AttachFiles');
    bench.discord.say(`${tutti} all of it`);
    const count = () => bench.said().reduce((sum, { text }) => sum + text.split('A sentence').length - 1, 0);
    await waitFor(() => count() >= 600, 'all of it stands there');
    await bench.idle();
    expect(count()).toBe(600);
    const texts = bench.said().map(({ text }) => text);
    expect(texts.filter((text) => text.includes('The file was not taken here'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(`<@${ids.alice}>`))).toHaveLength(1);
  });

  it('ping nobody but the person who asked, whatever agents write, and show no secret', async () => {
    const asks = ['api', 'web'].map((agent) => ({ agent, prompt: 'x' }));
    const hostile = `@everyone @here <@${ids.bob}> <@&${ids.admins}> \`<@${ids.bob}>\` the-api-token-123456`;
    const bench = await startBench({
      agents: ['api', 'web'],
      script: {
        agents: {
          tutti: [
            { when: { round: 0 }, answer: JSON.stringify({ next: 'ask', reason: hostile, asks }) },
            { answer: JSON.stringify({ next: 'answer', markdown: hostile, disagreements: [], unanswered: [] }) },
          ],
        },
        otherwise: { answer: hostile },
      },
      agent: { env: { API_TOKEN: 'the-api-token-123456' } },
    });
    bench.discord.say(`${tutti} go`);
    const answer = await bench.posted(new RegExp(`^<@${ids.alice}>`));
    await bench.idle();
    const all = [...bench.said(), ...bench.statuses()];
    expect(all.filter(({ webhook }) => webhook !== null)).toHaveLength(2);
    expect(bench.discord.notified(answer)).toEqual([ids.alice]);
    for (const message of all.filter(({ id }) => id !== answer.id)) expect(bench.discord.notified(message)).toEqual([]);
    const shown = JSON.stringify(all.map(({ text, components }) => [text, components]));
    expect(shown.replaceAll(`<@${ids.alice}>`, '')).not.toMatch(/<[!@]|@everyone|@here/);
    expect(shown).not.toContain('the-api-token-123456');
    expect(shown).toContain('[API_TOKEN]');
  });

  it('show no secret of the question either, where that is announced', async () => {
    const agent = { env: { API_TOKEN: 'the-api-token-123456' } };
    const bench = await startBench({ agents: ['api'], script, agent });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    await bench.discord.command('ask', { question: 'is the-api-token-123456 valid?' });
    const answer = await bench.posted('the answer');
    await bench.posted('asks: is [API');
    expect(bench.discord.world.channels.get(answer.channel)?.name).toBe('is [API_TOKEN] valid?');
    expect(JSON.stringify(bench.said())).not.toContain('the-api-token-123456');
  });

  it('come in time although Discord was away, once and in order', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'answer to {prompt}' } } });
    const { id } = bench.discord.say(`${tutti} one`);
    await waitFor(() => bench.discord.world.channels.has(id), 'the thread is there');
    bench.discord.say('two', { channel: id });
    await waitFor(() => bench.discord.calls.some(({ route }) => route === 'thread.create'), 'it is heard');
    bench.discord.outage(true);
    await waitFor(() => bench.scene.calls().filter((call) => call.event === 'end').length === 2, 'both are answered');
    bench.discord.outage(false);
    const answers = () => bench.said().filter(({ text }) => text.startsWith(`<@${ids.alice}>`));
    await waitFor(() => answers().length === 2, 'both stand there');
    await bench.idle();
    expect(answers().map(({ text }) => /one|two/.exec(text)?.[0])).toEqual(['one', 'two']);
  });

  it('are not posted twice where the confirmation was lost, and a root message neither', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    bench.discord.fail('message.create', 'after', 2);
    await bench.discord.command('ask', { question: 'why?' });
    await bench.posted('the answer');
    await bench.idle();
    expect(bench.said().filter(({ text }) => text.includes('asks: why?'))).toHaveLength(1);
    expect(bench.said().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('reach the person who asked where the bot may not post', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    bench.discord.deny('SendMessages', ids.general);
    await bench.discord.command('ask', { question: 'why?' });
    await bench.whispered('the answer', ids.alice);
    await bench.whispered('I may not post in this channel', ids.alice);
    expect(bench.said()).toEqual([]);
  });

  it('reach that person in direct messages once the interaction is over', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { delayMs: 400, answer: 'the answer' } } });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    bench.discord.deny('SendMessages', ids.general);
    await bench.discord.command('ask', { question: 'why?' });
    await bench.whispered('Taken.', ids.alice);
    bench.discord.expireTokens();
    const answer = await bench.posted('the answer');
    expect(bench.discord.world.channels.get(answer.channel)).toMatchObject({ type: 1, owner: ids.alice });
  });

  it('reach the person who mentioned the bot where it may read only', async () => {
    const bench = await startBench({ agents: ['api'], script });
    for (const permission of ['SendMessages', 'SendMessagesInThreads', 'CreatePublicThreads'] as const)
      bench.discord.deny(permission, ids.general);
    bench.discord.say(`${tutti} why?`);
    const answer = await bench.posted('the answer');
    await bench.posted('I may not post', answer.channel);
    await bench.idle();
    expect(bench.discord.posts(ids.general)).toEqual([]);
    expect(bench.said()).toHaveLength(2);
  });

  it('of two hours later stand in the thread, under a status that was renewed', async () => {
    const later = { ms: 0 };
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { delayMs: 1_500, answer: 'the answer' } },
      now: () => new Date(Date.now() + later.ms),
    });
    await waitFor(() => bench.discord.commands().length > 0, 'the commands are registered');
    await bench.discord.command('ask', { question: 'why?' });
    const status = await waitFor(() => bench.statuses()[0], 'its status stands there');
    bench.discord.expireTokens();
    later.ms = 2 * 3_600_000;
    const answer = await bench.posted('the answer');
    expect(bench.discord.threads()).toMatchObject([{ id: answer.channel }]);
    expect(bench.discord.notified(answer)).toEqual([ids.alice]);
    await waitFor(() => bench.statuses()[0]?.text.startsWith('**answered') === true, 'the status is closed');
    expect(bench.statuses().every(({ channel }) => channel === status.channel)).toBe(true);
  });

  it('say how a question failed, in the thread', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { stderr: 'boom: out of cheese\n', exit: 3 } },
    });
    const { id } = bench.discord.say(`${tutti} go`);
    const failure = await bench.posted(new RegExp(`^<@${ids.alice}>`));
    expect(failure.channel).toBe(id);
    expect(failure.text).toMatch(/api/);
    await waitFor(() => bench.statuses()[0]?.text.startsWith('**failed') === true, 'the status is closed');
  });

  it('show agents in bold where there may be no webhook', async () => {
    const bench = await startBench({
      agents: ['api', 'web'],
      script: mindAsking(['api', 'web'], 'done'),
      double: { without: ['ManageWebhooks'] },
    });
    bench.discord.say(`${tutti} go`);
    await bench.posted('done');
    const voices = bench.said().filter(({ text }) => /^\*\*(?:api|web)\*\*\n/.test(text));
    expect(voices).toHaveLength(2);
    expect(voices[0]?.username).toBeNull();
  });

  it('stand in the channel, as replies, where no thread can be opened, and go on by replies', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { answer: 'answer to {prompt}' } },
      double: { without: ['CreatePublicThreads'] },
    });
    const message = bench.discord.say(`${tutti} one`);
    const answer = await bench.posted('one');
    await bench.idle();
    expect(answer).toMatchObject({ channel: ids.general, replyTo: message.id, notified: [ids.alice] });
    bench.discord.say('two', { reply: answer });
    await bench.posted('two');
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('stand beside a thread that was locked meanwhile', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { delayMs: 600, answer: 'the answer' } },
      double: { without: ['ManageThreads'] },
    });
    const { id } = bench.discord.say(`${tutti} go`);
    await waitFor(() => bench.statuses().length === 1, 'it runs');
    bench.discord.archive(id, { locked: true });
    const answer = await bench.posted('the answer');
    await bench.idle();
    expect(answer).toMatchObject({ channel: ids.general, replyTo: id });
    bench.discord.say('and now?', { reply: answer });
    await waitFor(() => bench.scene.calls().filter((call) => call.event === 'start').length === 2, 'it goes on');
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
  });

  it('open a thread again that was archived', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { delayMs: 600, answer: 'the answer' } } });
    const { id } = bench.discord.say(`${tutti} go`);
    await waitFor(() => bench.statuses().length === 1, 'it runs');
    bench.discord.archive(id);
    expect((await bench.posted('the answer')).channel).toBe(id);
    await waitFor(() => bench.statuses()[0]?.text.startsWith('**answered') === true, 'the status is closed');
  });

  it('say how to go on where only mentions are heard', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { answer: 'answer to {prompt}' } },
      double: { messageContent: false },
    });
    const { id } = bench.discord.say(`${tutti} one`);
    const hint = await bench.posted('reply to this message or mention me');
    await bench.idle();
    bench.discord.say('unheard', { channel: id });
    bench.discord.say('two', { channel: id, reply: hint });
    await bench.posted('two');
    bench.discord.say(`${tutti} three`, { channel: id });
    await bench.posted('three');
    await bench.idle();
    expect(bench.said().filter(({ text }) => text.includes('mention me'))).toHaveLength(1);
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(3);
  });
});
