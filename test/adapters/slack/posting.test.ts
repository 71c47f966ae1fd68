import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { tokenProblem } from '../../../src/adapters/slack/outcome.ts';
import { createPosting, type Piece, type PostingOptions } from '../../../src/adapters/slack/posting.ts';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { createLog } from '../../../src/log.ts';
import { type DoubleOptions, type SlackDouble, startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const log = createLog({ level: 'silent', mask: (text) => text });

async function posting(double: DoubleOptions = {}, more: Partial<PostingOptions> = {}) {
  const slack = await startSlack({ postIntervalMs: 50, ...double });
  const client = new WebClient(
    'xoxb-double-bot-token',
    clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
  );
  const ending = new AbortController();
  const failures: string[] = [];
  const options: PostingOptions = {
    client,
    log,
    signal: ending.signal,
    intervalMs: 60,
    backoffMs: [20, 40],
    customise: true,
    clock: () => performance.now(),
    signedOut: (code) => tokenProblem(code, 'SLACK_BOT_TOKEN'),
    failed: (problem) => void failures.push(problem.code),
    ...more,
  };
  return { slack, ending, failures, ...createPosting(options), again: createPosting(options) };
}

function piece(id: string, more: Partial<Piece> = {}): Piece {
  return {
    id,
    lane: 'C0GENERAL',
    place: async () => null,
    text: id,
    again: false,
    since: new Date().toISOString(),
    ...more,
  };
}

const texts = (slack: SlackDouble) => slack.posts().map(({ text }) => text);

describe('posting on Slack', () => {
  it('keeps the order in a channel and earns no limit', async () => {
    const { slack, post } = await posting();
    const names = Array.from({ length: 6 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name) => post(piece(name))));
    expect(texts(slack)).toEqual(names);
    expect(slack.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('waits as long as Slack says, and stays in order', async () => {
    const { slack, post } = await posting({ postIntervalMs: 900 });
    await Promise.all(['a', 'b'].map((name) => post(piece(name))));
    expect(texts(slack)).toEqual(['a', 'b']);
    expect(slack.calls.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('posts once what was posted although the answer was lost, and what was not posted', async () => {
    const { slack, post } = await posting();
    slack.fail('chat.postMessage', 'after');
    const root = await post(piece('root'));
    slack.fail('chat.postMessage', 'before', 3);
    await post(piece('b', { place: async () => root }));
    slack.fail('chat.postMessage', 'after');
    await post(piece('c', { place: async () => root }));
    expect(texts(slack)).toEqual(['root', 'b', 'c']);
    expect(slack.posts()[0]?.ts).toBe(root);
  });

  it('gives up a file that cannot be sent, so that the channel goes on', async () => {
    const { slack, post } = await posting();
    slack.fail('files.getUploadURLExternal', 'before', 1000);
    const file = { name: 'answer-1.md', content: '# all of it' };
    const [sent, next] = await Promise.all([post(piece('f', { file })), post(piece('next'))]);
    expect(sent).toBeNull();
    expect(next).not.toBeNull();
    expect(texts(slack)).toEqual(['next']);
  });

  it('does not send a file twice, although each answer was lost', async () => {
    const { slack, post } = await posting();
    const root = await post(piece('root'));
    slack.fail('files.completeUploadExternal', 'after', 1000);
    const file = { name: 'answer-1.md', content: '# all of it' };
    expect(await post(piece('f', { place: async () => root, file }))).not.toBeNull();
    expect(slack.workspace.files.size).toBe(1);
  });

  it('finds what an earlier process posted, also a file', async () => {
    const { slack, post, again } = await posting();
    const root = (await post(piece('root'))) ?? '';
    const place = async () => root;
    const file = { name: 'answer-1.md', content: '# all of it' };
    await post(piece('a', { place }));
    await post(piece('f', { place, file }));
    expect(await again.post(piece('root', { again: true }))).toBe(root);
    await again.post(piece('a', { place, again: true }));
    await again.post(piece('f', { place, file, again: true }));
    expect(slack.posts()).toHaveLength(3);
    expect([...slack.workspace.files.values()].map(({ content }) => String(content))).toEqual(['# all of it']);
  });

  it('outlives an outage', async () => {
    const { slack, post } = await posting();
    slack.outage(true);
    const posted = Promise.all([post(piece('a')), post(piece('b'))]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    slack.outage(false);
    await posted;
    expect(texts(slack)).toEqual(['a', 'b']);
  });

  it('goes on after what is refused for good, and says when it may not speak at all', async () => {
    const { slack, post, failures } = await posting();
    slack.refuse('chat.postMessage', 'is_archived');
    expect(await post(piece('a'))).toBeNull();
    await post(piece('b'));
    slack.refuse('chat.postMessage', 'token_revoked');
    await expect(post(piece('c'))).rejects.toThrow();
    expect(failures).toEqual(['slack-sign-in']);
    expect(texts(slack)).toEqual(['b']);
  });

  it('says as text what Slack does not take as blocks, though it asks to wait in between', async () => {
    const { slack, post } = await posting({ postIntervalMs: 900 });
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(3001) } }];
    expect(await post(piece('a', { blocks }))).not.toBeNull();
    expect(slack.posts()).toMatchObject([{ text: 'a', blocks: [] }]);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage').map(({ status }) => status)).toEqual([
      400, 429, 200,
    ]);
  });

  it('leaves what waits when the program ends', async () => {
    const { slack, post, ending } = await posting();
    slack.outage(true);
    const posted = post(piece('a'));
    ending.abort();
    await expect(posted).rejects.toThrow();
  });

  it('lets agents speak under their names, or says them where it may not', async () => {
    const one = await posting();
    await one.post(piece('hello', { username: 'api' }));
    expect(one.slack.posts()[0]).toMatchObject({ username: 'api', text: 'hello' });
    const other = await posting({ scopes: ['chat:write'] }, { customise: false });
    await other.post(piece('hello', { username: 'api' }));
    await waitFor(() => other.slack.posts().length === 1, 'it stands there');
    expect(other.slack.posts()[0]).toMatchObject({ username: null, text: '*api*\nhello' });
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'hello' } }];
    await other.post(piece('hello', { username: 'api', blocks }));
    expect(other.slack.posts()[1]?.blocks).toMatchObject([{ text: { text: '*api*' } }, { text: { text: 'hello' } }]);
  });
});
