import { describe, expect, it } from 'vitest';
import { type AgentProgress, emptyProgress, type TurnProgress } from '../../../src/adapters/progress.ts';
import { statusLines } from '../../../src/adapters/terminal/status.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import { widthOf } from '../../../src/adapters/terminal/width.ts';

const agent = (more: Partial<AgentProgress>): AgentProgress => ({
  agent: 'api',
  state: 'works',
  waitsFor: [],
  activity: null,
  tokens: null,
  startedAt: 0,
  durationMs: null,
  usage: null,
  failure: null,
  ...more,
});
const running: TurnProgress = {
  ...emptyProgress,
  round: 2,
  reason: 'because web did not say where the token is refreshed',
  agents: [
    agent({
      state: 'answered',
      durationMs: 41_000,
      usage: { inputTokens: 12_400, outputTokens: 900, cachedTokens: 0, costUsd: null },
    }),
    agent({ agent: 'web', activity: 'Bash: rg "refreshToken" src', tokens: 3100 }),
    agent({ agent: 'worker', state: 'waits', waitsFor: ['web'], startedAt: null }),
    agent({
      agent: 'docs',
      state: 'failed',
      failure: { reason: 'not-signed-in', message: 'codex is not signed in. Run `codex login`.', stderrTail: null },
    }),
  ],
};
const view = { style: createStyle(false), width: 100, now: 8_200 };

describe('the lines of a running turn', () => {
  it('say for each agent what it does, for how long, and what became of it', () => {
    expect(statusLines(running, view)).toEqual([
      '  round 2 · because web did not say where the token is refreshed',
      '  ✓ api       answered                                             41 s   12.4k in · 0.9k out'.replace(
        '0.9k',
        '900',
      ),
      '  ⠹ web       Bash: rg "refreshToken" src                           8 s   3.1k tokens',
      '  ○ worker    waits for web',
      '  ✗ docs      codex is not signed in. Run `codex login`.',
    ]);
  });

  it.each([20, 40, 60, 80])('never are wider than %i cells', (width) => {
    const lines = statusLines(running, { ...view, width });
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain('api');
  });

  it.each([40, 47, 50, 60, 66, 80])('show tokens whole or not at all in %i cells, and in 60 they do', (width) => {
    const spent = { inputTokens: 124_500, outputTokens: 12_400, cachedTokens: 0, costUsd: null };
    const answered = { ...running, agents: [agent({ state: 'answered', durationMs: 4_321_000, usage: spent })] };
    const line = statusLines(answered, { ...view, width }, { head: false })[0] ?? '';
    expect(line).toMatch(/✓ api {6}.*1 h 12 m(?: {3}125k in · 12\.4k out)?$/u);
    expect(line.includes('125k in')).toBe(width >= 45);
  });

  it('keep what comes from outside on its line', () => {
    const hostile = { ...running, agents: [agent({ activity: 'a\n\x1b[2Jb\u202ec' })] };
    const lines = statusLines(hostile, view);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('a bc');
  });
});
