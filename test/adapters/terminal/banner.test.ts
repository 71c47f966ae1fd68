import { expect, it } from 'vitest';
import { bannerText, updateBanner } from '../../../src/adapters/terminal/banner.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import { widthOf } from '../../../src/adapters/terminal/width.ts';

const agent = (name: string, detail: string | null = null) => ({
  name,
  directory: `node_modules/${name}`,
  provider: 'search',
  detail,
});
const banner = {
  version: '0.1.0',
  agents: [agent('slack', '406 files'), agent('execa')],
  moderator: 'search (no model found)',
  notices: ['2 turns of other conversations wait: tutti resume takes them.'],
  suggestion: 'How do @slack and @execa retry?',
  following: [],
};

it('shows who is there, what decides and what to try', () => {
  expect(bannerText(banner, createStyle(false), 100).split('\n')).toEqual([
    '',
    '  tutti 0.1.0 · 2 agents · moderator: search (no model found)',
    '',
    '  @slack  node_modules/slack  search  406 files',
    '  @execa  node_modules/execa  search',
    '',
    '  2 turns of other conversations wait: tutti resume takes them.',
    '',
    '  Ask anything, or start with @name to talk to one agent. /help for commands.',
    '  Try: How do @slack and @execa retry?',
    '',
    '',
  ]);
});

it('stays within a narrow screen', () => {
  const lines = bannerText(banner, createStyle(false), 30).split('\n');
  expect(Math.max(...lines.map(widthOf))).toBeLessThan(30);
  expect(lines.every((line) => line === '' || line.startsWith('  '))).toBe(true);
});

it('leaves out what is not known yet, and names only so many agents', () => {
  const many = { ...banner, moderator: null, agents: Array.from({ length: 20 }, (_, index) => agent(`a${index}`)) };
  const text = bannerText(many, createStyle(false), 100);
  expect(text).toContain('tutti 0.1.0 · 20 agents\n');
  expect(text).toContain('and 8 more: /agents');
});

it('takes in what becomes known later', () => {
  const sized = updateBanner(banner, { type: 'agent', name: 'execa', detail: '146 files' });
  const known = updateBanner(sized, { type: 'moderator', moderator: 'claude (auto)' });
  expect(bannerText(known, createStyle(false), 100)).toContain('@execa  node_modules/execa  search  146 files');
  expect(bannerText(known, createStyle(false), 100)).toContain('moderator: claude (auto)');
});
