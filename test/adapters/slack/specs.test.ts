import { existsSync, mkdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SlackBench, startBench } from '../../support/slack/bench.ts';
import type { PostedMessage } from '../../support/slack/workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };
const plan = '# The plan\n\n- [ ] one\n- [x] two\n  1. [ ] three\n';

function markdownFile(name: string, text: string | Buffer) {
  return { files: [{ id: `F${name.length}`, name, type: 'text/plain', content: Buffer.from(text) }] };
}

/** Posts a document, and waits for what may be done with it. */
async function offered(bench: SlackBench, options = markdownFile('plan.md', plan)): Promise<PostedMessage> {
  await bench.slack.say('<@U0TUTTI>', options);
  return bench.posted('nothing is run');
}

function savedIn(bench: SlackBench, agent: string, name: string): string | null {
  const file = join(bench.scene.directory, agent, '.tutti', 'autorun', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function labels({ blocks }: PostedMessage): readonly string[] {
  return [...JSON.stringify(blocks.filter(({ type }) => type === 'actions')).matchAll(/"text":"([^"]+)"/g)].map(
    ([, label = '']) => label,
  );
}

const asked = (bench: SlackBench) => bench.scene.calls().filter((call) => call.event === 'start');

describe('a markdown file without a question', () => {
  it('is shown with its tasks, and saved for the agent that is chosen', async () => {
    const bench = await startBench({ agents: ['api', 'web'], script });
    const offer = await offered(bench);
    expect(offer.text).toContain('`plan.md` · 3 tasks, 1 done');
    expect(offer.text).toContain('☐ one\n☑ two\n☐ three');
    expect(labels(offer)).toEqual(['Save for api', 'Save for web', 'Ask about it']);
    expect(offer.threadTs).not.toBeNull();
    await bench.slack.press(offer, 'Save for web');
    await waitFor(() => offer.text === 'Saved as `.tutti/autorun/plan.md` in web (3 tasks, 1 done).', 'it says so');
    expect(labels(offer)).toEqual([]);
    expect(savedIn(bench, 'web', 'plan.md')).toBe(plan);
    expect(savedIn(bench, 'api', 'plan.md')).toBeNull();
    expect(asked(bench)).toEqual([]);
  });

  it('is offered in direct messages, and in a thread that a question opened', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await bench.slack.say('', { channel: 'D0ALICE', ...markdownFile('a.md', plan) });
    const direct = await bench.posted('`a.md`', 'D0ALICE');
    await bench.slack.press(direct, 'Save for api');
    await waitFor(() => savedIn(bench, 'api', 'a.md') !== null, 'it is saved');
    const { message } = await bench.slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    await bench.slack.say('', { thread: message.ts, ...markdownFile('bb.md', plan) });
    expect((await bench.posted('`bb.md`')).threadTs).toBe(message.ts);
  });

  it('is put as a question, once, by whoever presses that', async () => {
    const bench = await startBench({ agents: ['api'], script: { logPrompt: 10_000, ...script } });
    const offer = await offered(bench);
    await bench.slack.press(offer, 'Ask about it', 'U0BOB');
    const answer = await bench.posted('the answer');
    expect(answer.text).toMatch(/^<@U0BOB>/);
    expect(answer.threadTs).toBe(offer.threadTs);
    expect(asked(bench).some(({ prompt }) => prompt.includes('plan.md'))).toBe(true);
    await bench.slack.press(offer, 'Ask about it');
    await bench.whispered('bob pressed it before', 'U0ALICE');
    expect(asked(bench)).toHaveLength(1);
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => savedIn(bench, 'api', 'plan.md') === plan, 'it may still be saved');
  });

  it('stays a question with a text beside it, without tasks, and where it is no text', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const answers = () => bench.slack.posts().filter(({ text }) => text.includes('the answer')).length;
    await bench.slack.say('<@U0TUTTI> is it good?', markdownFile('plan.md', plan));
    await waitFor(() => answers() === 1, 'the question is answered');
    await bench.slack.say('<@U0TUTTI>', markdownFile('notes.md', '# Notes\n\n```\n- [ ] one\n```\n'));
    await waitFor(() => answers() === 2, 'notes are a question');
    await bench.slack.say('<@U0TUTTI>', markdownFile('latin.md', Buffer.from('- [ ] gr\xfcn', 'latin1')));
    await waitFor(() => answers() === 3, 'what is no UTF-8 is a question');
    await bench.slack.say('<@U0TUTTI>', markdownFile('plans.txt', plan));
    await waitFor(() => answers() === 4, 'what is no markdown is a question');
    expect(bench.slack.posts().some(({ text }) => text.includes('nothing is run'))).toBe(false);
  });

  it('is saved once though two people press at once, and the other is told', async () => {
    const bench = await startBench({ agents: ['api', 'web'], script });
    const offer = await offered(bench);
    await Promise.all([bench.slack.press(offer, 'Save for api'), bench.slack.press(offer, 'Save for web', 'U0BOB')]);
    await waitFor(() => offer.text.startsWith('Saved as'), 'one of them wins');
    const { text } = await bench.whispered('pressed it before');
    expect(text).toMatch(/^(?:alice|bob) pressed it before/);
    await bench.idle();
    expect(['api', 'web'].filter((agent) => savedIn(bench, agent, 'plan.md') !== null)).toHaveLength(1);
  });

  it('is said to be saved over failures of Slack, and beside where the message is gone', async () => {
    const bench = await startBench({ agents: ['api', 'web'], script });
    const offer = await offered(bench);
    bench.slack.fail('chat.update', 'before', 1);
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => offer.text.startsWith('Saved as'), 'it says so');
    const other = await offered(bench, markdownFile('other.md', plan));
    bench.slack.refuse('chat.update', 'message_not_found');
    await bench.slack.press(other, 'Save for web');
    const said = await bench.posted('Saved as `.tutti/autorun/other.md` in web');
    expect([said.threadTs, said.ts === other.ts]).toEqual([other.threadTs, false]);
  });

  it('is saved after a restart', async () => {
    const scene = { agents: ['api'], script };
    const first = await startBench(scene);
    const offer = await offered(first);
    await first.stop();
    const second = await startBench({ ...scene, slack: first.slack, scene: first.scene });
    await second.slack.press(offer, 'Save for api');
    await waitFor(() => offer.text.startsWith('Saved as'), 'it says so');
    expect(savedIn(second, 'api', 'plan.md')).toBe(plan);
  });

  it('needs the right to let that agent write, at the press', async () => {
    const access = [
      { surface: 'slack', users: ['U0ALICE'], agents: ['api'], may: ['read', 'write'] },
      { surface: 'slack', users: ['U0BOB'], may: ['read'] },
      { surface: 'slack', users: ['U0CAROL'], agents: ['web'], may: ['read', 'write'] },
    ];
    const bench = await startBench({ agents: ['api', 'web'], script, config: { access, surfaces: { slack: {} } } });
    await bench.slack.say('<@U0TUTTI>', { user: 'U0BOB', ...markdownFile('plan.md', plan) });
    const offer = await bench.posted('nothing is run');
    expect(labels(offer)).toEqual(['Save for api', 'Save for web', 'Ask about it']);
    await bench.slack.press(offer, 'Save for api', 'U0BOB');
    await bench.whispered('You may not let api write here', 'U0BOB');
    await bench.slack.press(offer, 'Save for api', 'U0CAROL');
    await bench.whispered('You may not let api write here', 'U0CAROL');
    await bench.slack.press(offer, 'Save for api', 'U0MALLORY');
    await bench.whispered('You may not let api write here', 'U0MALLORY');
    await bench.slack.press(offer, 'Ask about it', 'U0MALLORY');
    await bench.whispered('You may not ask', 'U0MALLORY');
    expect(savedIn(bench, 'api', 'plan.md')).toBeNull();
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => savedIn(bench, 'api', 'plan.md') === plan, 'who may, saves it');
  });

  it('is nobody’s offer where nobody may write, and none to strangers', async () => {
    const access = [{ surface: 'slack', users: ['U0ALICE'], may: ['read'] }];
    const config = { access, surfaces: { slack: {} } };
    const bench = await startBench({ agents: ['api'], script, config });
    await bench.slack.say('<@U0TUTTI>', { user: 'U0MALLORY', ...markdownFile('plan.md', plan) });
    await bench.whispered('You may not ask any agent here', 'U0MALLORY');
    await bench.slack.say('<@U0TUTTI>', markdownFile('plan.md', plan));
    await waitFor(() => bench.slack.whispers('U0ALICE').length + bench.slack.posts().length > 0, 'it is a question');
    expect(bench.slack.posts().some(({ text }) => text.includes('nothing is run'))).toBe(false);
  });

  it('says what is wrong with a directory to whoever pressed, and may be pressed again', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const offer = await offered(bench);
    const outside = join(bench.scene.directory, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(bench.scene.directory, 'api', '.tutti'));
    await bench.slack.press(offer, 'Save for api');
    await bench.whispered('leads out of the agent', 'U0ALICE');
    expect(labels(offer)).toContain('Save for api');
    unlinkSync(join(bench.scene.directory, 'api', '.tutti'));
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => savedIn(bench, 'api', 'plan.md') === plan, 'it is saved now');
  });

  it('has no live text, whatever it is called and holds', async () => {
    const bench = await startBench({ agents: ['api'], script });
    const text = '- [ ] <!channel> <@U0BOB> @everyone [x](https://evil.example) *bold* &lt;!here&gt;\n';
    const offer = await offered(bench, markdownFile('../<!channel> .md', text));
    const shown = JSON.stringify([offer.text, offer.blocks]);
    expect(shown).not.toMatch(/<[!@]|@everyone|https:\/\/evil|\*bold\*/);
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => offer.text.startsWith('Saved as `.tutti/autorun/'), 'it is saved');
    expect(offer.text).toMatch(/^Saved as `\.tutti\/autorun\/[\w-]+\.md` in api \(1 task\)\.$/);
  });

  it('has a menu for more than five agents', async () => {
    const agents = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
    const bench = await startBench({ agents, script });
    const offer = await offered(bench);
    expect(labels(offer)).toHaveLength(8);
    await bench.slack.choose(offer, 'Save for a6');
    await waitFor(() => savedIn(bench, 'a6', 'plan.md') === plan, 'it is saved');
  });
});

describe('an answer that holds tasks', () => {
  const withTasks = { otherwise: { answer: `Do this:\n\n${plan}` } };

  it('is saved as a document after its tasks were shown', async () => {
    const bench = await startBench({ agents: ['api'], script: withTasks });
    await bench.slack.say('<@U0TUTTI> plan it');
    const answer = await bench.posted(/^<@U0ALICE> Do this/);
    expect(labels(answer)).toEqual(['Save as spec']);
    await bench.slack.press(answer, 'Save as spec', 'U0BOB');
    const offer = await bench.posted('nothing is run');
    expect(offer.text).toContain('`The-plan.md` · 3 tasks, 1 done');
    expect(offer.threadTs).toBe(answer.threadTs);
    expect(labels(offer)).toEqual(['Save for api']);
    await bench.slack.press(answer, 'Save as spec');
    await bench.whispered('bob pressed it before. Its tasks are shown in this thread', 'U0ALICE');
    await bench.slack.press(offer, 'Save for api');
    await waitFor(() => offer.text.startsWith('Saved as `.tutti/autorun/The-plan.md` in api'), 'it says so');
    expect(savedIn(bench, 'api', 'The-plan.md')).toContain(plan.trim());
  });

  it('keeps its button after a restart, and tells who may let no agent write', async () => {
    const access = [
      { surface: 'slack', users: ['U0ALICE'], may: ['read', 'write'] },
      { surface: 'slack', users: ['U0BOB'], may: ['read'] },
    ];
    const scene = { agents: ['api'], script: withTasks, config: { access, surfaces: { slack: {} } } };
    const first = await startBench(scene);
    await first.slack.say('<@U0TUTTI> plan it');
    const answer = await first.posted(/^<@U0ALICE> Do this/);
    await first.stop();
    const second = await startBench({ ...scene, slack: first.slack, scene: first.scene });
    for (const user of ['U0BOB', 'U0MALLORY']) {
      await second.slack.press(answer, 'Save as spec', user);
      await second.whispered('You may let no agent write here', user);
    }
    expect(second.slack.posts().some(({ text }) => text.includes('nothing is run'))).toBe(false);
    await second.slack.press(answer, 'Save as spec');
    await second.posted('nothing is run');
  });

  it('has no button where the rules let nobody write, or the agent may not', async () => {
    const access = [{ surface: 'slack', users: ['U0ALICE'], may: ['read', 'write'] }];
    const config = { access, surfaces: { slack: {} } };
    const bench = await startBench({ agents: ['api'], script: withTasks, config, agent: { access: 'read' } });
    await bench.slack.say('<@U0TUTTI> plan it');
    expect(labels(await bench.posted(/^<@U0ALICE> Do this/))).toEqual([]);
  });
});
