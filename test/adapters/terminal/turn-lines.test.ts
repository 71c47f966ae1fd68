import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../../src/adapters/adapter.ts';
import { advance, emptyProgress } from '../../../src/adapters/progress.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import { lastingText, questionText } from '../../../src/adapters/terminal/turn-lines.ts';

const style = createStyle(false);
const decision: TurnEvent = { type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api', 'web'] };
const start = (agent: string): TurnEvent => ({ type: 'ask_start', round: 1, agent, access: 'read', waitsFor: [] });
const end = (agent: string, text: string): TurnEvent => ({
  type: 'ask_end',
  round: 1,
  agent,
  status: 'answered',
  durationMs: 5000,
  usage: null,
  text,
  failure: null,
});

/** What the last of these events leaves on the screen, `now` milliseconds after the first. */
function left(now: number, ...events: readonly TurnEvent[]): string | null {
  const progress = events.reduce((before, event) => advance(before, event, 0), emptyProgress);
  const last = events.at(-1);
  return last === undefined ? null : lastingText(last, progress, { style, width: 60, now });
}

describe('what stays on the screen', () => {
  it('is the round, and why there is another', () => {
    expect(left(0, decision)).toBe('  asking api, web …\n');
    expect(left(0, { ...decision, round: 2, reason: 'web was unclear' })).toBe('  round 2 · web was unclear\n');
    expect(left(0, { ...decision, next: 'answer' })).toBeNull();
  });

  it('is each agent as it ends', () => {
    expect(left(100, decision, start('api'), start('web'), end('web', 'x'))).toMatch(
      /^ {2}✓ web +answered +5\.0 s\n$/u,
    );
  });

  it('is the beginning of its reply where others keep people waiting', () => {
    const reply = 'First.\n\nSecond.\nThird.\nFourth.\nFifth.';
    expect(left(5000, decision, start('api'), start('web'), end('web', reply))).toContain(
      '\n      First.\n      Second.\n      Third.\n      … 2 more lines\n',
    );
    expect(left(5000, decision, start('web'), end('api', 'x'), end('web', reply))).not.toContain('First.');
  });

  it('is all of a failure, for it says what to do', () => {
    const message = 'codex is not signed in (401). Run `codex login` on this machine, then /retry worker.';
    const failure = { reason: 'not-signed-in', message, stderrTail: null };
    expect(left(100, decision, start('api'), { ...end('api', ''), status: 'failed', failure } as TurnEvent)).toBe(
      '  ✗ api       codex is not signed in (401). Run `codex\n              login` on this machine, then /retry worker.\n',
    );
  });

  it('is what people should know, on one line', () => {
    expect(left(0, { type: 'notice', message: 'The disk\nis full.' })).toBe('  The disk is full.\n');
    expect(left(0, { type: 'answer_text', text: 'x' })).toBeNull();
  });
});

it('shows a question above its answer, with all its lines', () => {
  expect(questionText('one\ntwo\x1b[2J', style, 80)).toBe('› one\n  two\n\n');
});
