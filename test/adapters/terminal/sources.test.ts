import { expect, it } from 'vitest';
import type { Citation } from '../../../src/adapters/adapter.ts';
import { sourceLines } from '../../../src/adapters/terminal/sources.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';

const citation = (more: Partial<Citation>): Citation => ({
  n: 1,
  agent: 'slack',
  path: 'dist/WebClient.js',
  line: 421,
  endLine: 450,
  verified: true,
  reason: null,
  excerpt: null,
  ...more,
});

it('lists sources with what was found about them', () => {
  const lines = sourceLines(
    [
      citation({}),
      citation({ n: 2, agent: 'discord', line: 12, endLine: null, verified: false, reason: 'no-such-file' }),
      citation({ n: 10, agent: 'execa', path: null, line: null, endLine: null }),
    ],
    createStyle(false),
  );
  expect(lines).toEqual([
    'Sources',
    ' 1 ✓ slack    dist/WebClient.js:421-450',
    ' 2 ✗ discord  dist/WebClient.js:12   (no such file)',
    '10 ✓ execa',
  ]);
});

it('keeps a hostile file name on its line', () => {
  expect(sourceLines([citation({ path: 'a\n\x1b]0;x\x07b' })], createStyle(false))[1]).toBe('1 ✓ slack  a b:421-450');
});

it('says nothing where there are none', () => {
  expect(sourceLines([], createStyle(false))).toEqual([]);
});

it('begins paths where people are, as far as they fit and are true', () => {
  const lines = (width: number) =>
    sourceLines(
      [citation({}), citation({ n: 2, verified: false, reason: 'no-such-file' }), citation({ n: 3, agent: 'here' })],
      createStyle(false),
      { directoryOf: (agent) => (agent === 'here' ? '.' : 'node_modules/@slack/web-api'), width },
    );
  expect(lines(80)).toEqual([
    'Sources',
    '1 ✓ slack  node_modules/@slack/web-api/dist/WebClient.js:421-450',
    '2 ✗ slack  dist/WebClient.js:421-450   (no such file)',
    '3 ✓ here   dist/WebClient.js:421-450',
  ]);
  expect(lines(60)[1]).toBe('1 ✓ slack  dist/WebClient.js:421-450');
});
