import { expect, test } from 'vitest';
import { bannerOf } from '../src/banner.ts';
import type { Config } from '../src/config.ts';
import { projectAgent } from './support/project-agents.ts';

const config = { moderator: { model: 'search' }, origin: 'demo', hint: null } as Config;
const facts = {
  version: '1.2.3',
  config,
  directory: '/home/me/work',
  agents: [projectAgent({ name: 'api', directory: '/home/me/api', provider: 'search' })],
  ledger: { waiting: () => 2 },
  search: { count: async () => 12 },
  notices: ['The store was mended.'],
  conversation: 'terminal:work',
  moderatorName: async () => 'claude (auto)',
};

test('says who is there, what decides, what to know and what to try', async () => {
  const banner = bannerOf(facts);
  expect(banner).toMatchObject({
    version: '1.2.3',
    agents: [{ name: 'api', directory: '../api', provider: 'search' }],
    moderator: expect.stringContaining('no model'),
  });
  expect(banner.notices).toEqual([
    'The store was mended.',
    expect.stringContaining('2 turns of other conversations wait: "tutti resume"'),
  ]);
  expect(banner.suggestion).toContain('rate limits');
  expect(await Promise.all(banner.following)).toEqual([{ type: 'agent', name: 'api', detail: '12 files' }]);
});

test('a model that is looked for follows later, and outside the demo nothing is suggested', async () => {
  const banner = bannerOf({
    ...facts,
    config: {
      ...config,
      moderator: { ...config.moderator, model: 'auto' },
      origin: 'directory',
      hint: 'Run "tutti init".',
    },
  });
  expect([banner.moderator, banner.suggestion]).toEqual([null, null]);
  expect(banner.notices).toContain('Run "tutti init".');
  expect((await Promise.all(banner.following))[0]).toEqual({
    type: 'moderator',
    moderator: 'claude (auto)',
  });
});
