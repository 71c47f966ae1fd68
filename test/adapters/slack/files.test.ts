import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSlackFiles, isFileHost } from '../../../src/adapters/slack/files.ts';
import { fixedToken } from '../../../src/adapters/slack/token.ts';
import { startBench } from '../../support/slack/bench.ts';
import { startSlack } from '../../support/slack/double.ts';
import { dataDirectory } from '../../support/store/directory.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(100)]);

async function files(token = 'xoxb-double-bot-token') {
  const slack = await startSlack();
  const add = (id: string, name: string, type: string, content: Buffer) => {
    slack.workspace.files.set(id, { id, name, type, content });
    return { id, name, type, bytes: content.length, url: `${slack.url}/files/${id}` };
  };
  const directory = dataDirectory();
  const limits = { directory, maxBytes: 1000, types: ['image/*', 'text/*'] };
  return {
    add,
    directory,
    ...createSlackFiles(limits, { token: fixedToken(token), apiUrl: slack.environment.SLACK_API_URL ?? '' }),
  };
}

describe('files from Slack', () => {
  it('are kept for agents, by what they are and not by what they are called', async () => {
    const { add, fetch } = await files();
    const { taken, problems } = await fetch([add('F1', '../../a b.txt', 'text/plain', png)], 'T:C:1');
    expect(problems).toEqual([]);
    expect(taken[0]).toMatchObject({ type: 'image/png', bytes: png.length });
    expect(readFileSync(taken[0]?.path ?? '')).toEqual(png);
    expect(statSync(taken[0]?.path ?? '').mode & 0o777).toBe(0o600);
    expect(taken[0]?.path).not.toContain('..');
  });

  it('are left out where they are too large, of a kind that is not taken, or elsewhere', async () => {
    const { add, fetch, directory } = await files();
    const large = { ...add('F1', 'large.txt', 'text/plain', Buffer.alloc(5000, 'x')), bytes: 10 };
    const binary = add('F2', 'tool.bin', 'application/octet-stream', Buffer.from([1, 0, 2]));
    const external = { ...add('F3', 'doc', 'text/plain', Buffer.from('x')), url: null };
    const evil = { ...add('F4', 'x.txt', 'text/plain', Buffer.from('x')), url: 'https://evil.example/x' };
    const { taken, problems } = await fetch([large, binary, external, evil], 'm');
    expect(taken).toEqual([]);
    expect(problems).toEqual([
      '(large.txt is larger than 1000 bytes)',
      '(tool.bin is application/octet-stream, which is not taken here)',
      '(doc is kept elsewhere and was not fetched)',
      '(x.txt could not be fetched)',
    ]);
    expect(readdirSync(join(directory, 'm'))).toEqual([]);
  });

  it('are not taken for the sign-in page that comes instead', async () => {
    const { add, fetch } = await files('xoxb-wrong');
    const { problems } = await fetch([add('F1', 'a.png', 'image/png', png)], 'm');
    expect(problems[0]).toContain('files:read');
  });

  it('come from Slack’s own hosts only', () => {
    const is = (url: string, api: string | null = null) => isFileHost(new URL(url), api);
    expect(is('https://files.slack.com/a')).toBe(true);
    expect(is('http://files.slack.com/a')).toBe(false);
    expect(is('https://slack.com.evil.example/a')).toBe(false);
    expect(is('https://u:p@files.slack.com/a')).toBe(false);
    expect(is('http://127.0.0.1:3/a', 'http://127.0.0.1:3/api/')).toBe(true);
    expect(is('http://127.0.0.1:4/a', 'http://127.0.0.1:3/api/')).toBe(false);
  });

  it('reach the agent that is asked about them', async () => {
    const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'seen' } } });
    const file = { id: 'F0PIC', name: 'chart.png', type: 'image/png', content: png };
    await bench.slack.say('<@U0TUTTI> what is in this?', { files: [file] });
    await bench.posted('seen');
    const [path = ''] = bench.scene.calls()[0]?.attachments ?? [];
    expect(readFileSync(path)).toEqual(png);
  });
});
