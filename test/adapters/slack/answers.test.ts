import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('answers', () => {
  it('of 60,000 characters are a beginning and a file with all of it', async () => {
    const line = 'A sentence of the long answer that goes on and on.\n\n';
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: line.repeat(1200) } } });
    const { message } = await bench.slack.say('<@U0TUTTI> all of it');
    await waitFor(() => bench.slack.workspace.files.size === 1, 'a file is attached');
    await bench.idle();
    const [file] = bench.slack.workspace.files.values();
    expect(file?.content.toString().split('A sentence').length).toBe(1201);
    const texts = bench.slack.posts('C0GENERAL', message.ts).filter(({ blocks }) => blocks.length === 0);
    expect(texts.length).toBeLessThanOrEqual(3);
    expect(texts[0]?.text).toMatch(/^<@U0ALICE> A sentence/);
    expect(bench.slack.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('stand in messages, whole, where Slack takes no file', async () => {
    const line = 'A sentence of the long answer that goes on and on.\n\n';
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: line.repeat(1200) } } });
    bench.slack.refuse('files.getUploadURLExternal', 'missing_scope');
    const { message } = await bench.slack.say('<@U0TUTTI> all of it');
    const count = () =>
      bench.slack
        .posts('C0GENERAL', message.ts)
        .map(({ text }) => text.split('A sentence').length - 1)
        .reduce((sum, one) => sum + one, 0);
    await waitFor(() => count() >= 1200, 'all of it stands there');
    await bench.idle();
    expect(count()).toBe(1200);
    const texts = bench.slack.posts('C0GENERAL', message.ts).map(({ text }) => text);
    expect(texts.filter((text) => text.includes('The file was not taken here'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('<@U0ALICE>'))).toHaveLength(1);
  });

  it('that are exports come as files, in the form that was asked for', async () => {
    const answer = 'A long answer. '.repeat(300);
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer } } });
    const { message } = await bench.slack.say('<@U0TUTTI> one');
    await bench.posted(/^<@U0ALICE>/);
    await bench.idle();
    for (const format of ['markdown', 'json']) {
      const before = bench.slack.workspace.files.size;
      await bench.slack.say(`!history export --format ${format}`, { thread: message.ts });
      await waitFor(() => bench.slack.workspace.files.size > before, `${format} is exported`);
    }
    const [markdown, json] = [...bench.slack.workspace.files.values()];
    expect(markdown?.name).toMatch(/\.md$/);
    expect(markdown?.content.toString()).toContain('A long answer.');
    expect(json?.name).toMatch(/\.json$/);
    expect(JSON.parse(json?.content.toString() ?? '').entries.length).toBeGreaterThan(2);
  });

  it('ping nobody but the person who asked, and show no secret', async () => {
    const bench = await startBench({
      agents: ['api', 'web'],
      script: {
        agents: {
          tutti: [
            {
              when: { round: 0 },
              answer: JSON.stringify({
                next: 'ask',
                reason: '<!here>',
                asks: [
                  { agent: 'api', prompt: 'x' },
                  { agent: 'web', prompt: 'y' },
                ],
              }),
            },
            {
              answer: JSON.stringify({
                next: 'answer',
                markdown: '<!channel> <@U0BOB> @everyone the-api-token-123456',
                disagreements: [],
                unanswered: [],
              }),
            },
          ],
        },
        otherwise: { answer: '<!channel> `<@U0BOB>` [x](<!here>) the-api-token-123456' },
      },
      agent: { env: { API_TOKEN: 'the-api-token-123456' } },
    });
    await bench.slack.say('<@U0TUTTI> go');
    await bench.posted(/^<@U0ALICE>/);
    await bench.idle();
    const shown = JSON.stringify(bench.slack.posts().map(({ text, blocks }) => [text, blocks]));
    expect(shown.replaceAll('<@U0ALICE>', '')).not.toMatch(/<[!@]|@everyone/);
    expect(shown).not.toContain('the-api-token-123456');
    expect(shown).toContain('[API_TOKEN]');
  });

  it('show no secret of the question either, where that is announced', async () => {
    const agent = { env: { API_TOKEN: 'the-api-token-123456' } };
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } }, agent });
    await bench.slack.command('/ask', 'is the-api-token-123456 valid?');
    await bench.posted('asks: is [API_TOKEN] valid?');
    await bench.posted('the answer');
  });

  it('come in time although Slack was away, once and in order', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'answer to {prompt}' } } });
    const { message } = await bench.slack.say('<@U0TUTTI> one');
    await bench.slack.say('two', { thread: message.ts });
    bench.slack.outage(true);
    await waitFor(() => bench.scene.calls().filter((call) => call.event === 'end').length === 2, 'both are answered');
    bench.slack.outage(false);
    await waitFor(
      () => bench.slack.posts().filter(({ text }) => text.startsWith('<@U0ALICE>')).length === 2,
      'both stand there',
    );
    await bench.idle();
    const answers = bench.slack.posts().filter(({ text }) => text.startsWith('<@U0ALICE>'));
    expect(answers[0]?.text).toContain('one');
    expect(answers).toHaveLength(2);
  });

  it('are not posted twice where the confirmation was lost, and a root message neither', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    bench.slack.fail('chat.postMessage', 'after', 2);
    await bench.slack.command('/ask', 'why?');
    await bench.posted('the answer');
    await bench.idle();
    expect(bench.slack.posts().filter(({ text }) => text.includes('asks: why?'))).toHaveLength(1);
    expect(bench.slack.posts().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('show a table as Slack’s own, with its text for notifications', async () => {
    const answer = 'They listen:\n\n| name | port |\n| - | - |\n| api | 7341 |\n| <!channel> | |';
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer } } });
    await bench.slack.say('<@U0TUTTI> one');
    const first = await bench.posted(/^<@U0ALICE> They listen/);
    expect(first.blocks.map(({ type }) => type)).toEqual(['section', 'table', 'section']);
    expect(JSON.stringify(first.blocks[0])).toContain('<@U0ALICE>');
    expect(first.text).toContain('7341');
    await bench.idle();
    expect(JSON.stringify(bench.slack.posts().map(({ blocks }) => blocks)).replaceAll('<@U0ALICE>', '')).not.toMatch(
      /<[!@]/,
    );
  });

  it('reach the person who asked where the bot may not post', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    await bench.slack.command('/ask', 'why?', { channel: 'C0OUTSIDE' });
    await bench.whispered('the answer', 'U0ALICE');
    await bench.whispered('/invite me', 'U0ALICE');
    expect(bench.slack.posts('C0OUTSIDE')).toEqual([]);
  });

  it('reach the person who asked about a message of a channel that the bot is not in', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'the answer' } } });
    const { message } = await bench.slack.say('the build fails', { channel: 'C0OUTSIDE' });
    await bench.slack.shortcut('tutti_ask_about', message);
    const view = { ...bench.slack.views[0]?.view, state: { values: { question: { question: { value: 'why?' } } } } };
    await bench.slack.sockets.deliver('interactive', {
      ...{ type: 'view_submission', team: { id: 'T0TEAM' }, user: { id: 'U0ALICE', team_id: 'T0TEAM' } },
      view: { ...view, id: 'V1' },
    });
    await bench.posted('the answer', 'D0ALICE');
    await bench.posted('/invite me', 'D0ALICE');
    await bench.idle();
    expect(bench.slack.posts('C0OUTSIDE')).toEqual([]);
  });

  it('say how a question failed, in the thread', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { stderr: 'boom: out of cheese\n', exit: 3 } },
    });
    const { message } = await bench.slack.say('<@U0TUTTI> go');
    const failure = await bench.posted(/^<@U0ALICE>/);
    expect(failure.threadTs).toBe(message.ts);
    expect(failure.text).toMatch(/api/);
    await waitFor(() => bench.slack.posts()[0]?.text.startsWith('*failed') === true, 'the status is closed');
  });

  it('show agents in bold where their names may not be used', async () => {
    const { mindAsking } = await import('../../support/served.ts');
    const scopes = ['chat:write', 'app_mentions:read', 'channels:history', 'users:read'];
    const bench = await startBench({
      agents: ['api', 'web'],
      script: mindAsking(['api', 'web'], 'done'),
      double: { scopes },
    });
    await bench.slack.say('<@U0TUTTI> go');
    await bench.posted('done');
    const voices = bench.slack.posts().filter(({ text }) => /^\*(?:api|web)\*\n/.test(text));
    expect(voices).toHaveLength(2);
    expect(voices[0]?.username).toBeNull();
  });
});
