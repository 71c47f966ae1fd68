import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createDiscordFiles, isFileHost, readFile } from '../../../src/adapters/discord/files.ts';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';
import { dataDirectory } from '../../support/store/directory.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(100)]);

it('come from Discord’s own hosts only', async () => {
  const is = (url: string, api: string | null = null) => isFileHost(new URL(url), api);
  expect(is('https://cdn.discordapp.com/attachments/1/2/a.png?ex=1')).toBe(true);
  expect(is('https://media.discordapp.net/a')).toBe(true);
  expect(is('http://cdn.discordapp.com/a')).toBe(false);
  expect(is('https://cdn.discordapp.com.evil.example/a')).toBe(false);
  expect(is('https://cdn.discordapp.com:8443/a')).toBe(false);
  expect(is('https://u:p@cdn.discordapp.com/a')).toBe(false);
  expect(is('http://127.0.0.1:3/a', 'http://127.0.0.1:3/api')).toBe(true);
  expect(is('http://127.0.0.1:4/a', 'http://127.0.0.1:3/api')).toBe(false);
  const limits = { directory: dataDirectory(), maxBytes: 1000, types: ['*/*'] };
  const evil = { id: '1', name: 'a.txt', type: 'text/plain', bytes: 1, url: 'http://127.0.0.1:1/a' };
  expect(await createDiscordFiles(limits, null).fetch([evil], 'm')).toEqual({
    taken: [],
    problems: ['(a.txt could not be fetched)'],
  });
});

it('are read as Discord describes them', () => {
  expect(readFile({ id: '1', filename: 'a.txt', size: 5, url: 'https://x/a' })).toEqual([
    { id: '1', name: 'a.txt', type: '', bytes: 5, url: 'https://x/a' },
  ]);
  expect(readFile('x')).toEqual([]);
});

it('reach the agent that is asked about them', async () => {
  const bench = await startBench({ agents: ['api'], script: { otherwise: { answer: 'seen' } } });
  const file = { name: 'chart.png', type: 'image/png', content: png };
  bench.discord.say(`<@${ids.bot}> what is in this?`, { files: [file] });
  await bench.posted('seen');
  const [path = ''] = bench.scene.calls()[0]?.attachments ?? [];
  expect(readFileSync(path)).toEqual(png);
});
