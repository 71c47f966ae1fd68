import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../../src/adapters/adapter.ts';
import { plainLine } from '../../../src/adapters/terminal/plain-line.ts';

const ask = { round: 1, agent: 'api', durationMs: 41_000, usage: null, text: null, failure: null } as const;
const cases: readonly (readonly [TurnEvent, string | null])[] = [
  [{ type: 'queued', position: 2, reason: 'another runs' }, 'Queued, number 2: another runs'],
  [{ type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api', 'web'] }, 'Asking api, web.'],
  [
    { type: 'decision', round: 2, next: 'ask', reason: 'web was unclear', agents: ['web'] },
    'Round 2 (web was unclear): asking web.',
  ],
  [{ type: 'decision', round: 2, next: 'answer', reason: null, agents: [] }, null],
  [{ type: 'ask_end', ...ask, status: 'answered' }, 'api answered after 41 s.'],
  [{ type: 'ask_end', ...ask, status: 'stopped' }, 'api: stopped'],
  [{ type: 'ask_progress', agent: 'api', activity: 'x', tokens: null }, null],
  [{ type: 'notice', message: 'a\x1b[1mb' }, 'ab'],
];

describe('events as lines that stay', () => {
  it.each(cases)('%j', (event, line) => {
    expect(plainLine(event)).toBe(line);
  });
});
