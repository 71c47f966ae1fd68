import { expect, it } from 'vitest';
import { createThrottle } from '../../../src/adapters/terminal/throttle.ts';

const doing = (agent: string, activity: string) => ({ type: 'ask_progress', agent, activity, tokens: null }) as const;

it('lets an agent speak four times a second at most, and never twice alike', () => {
  const throttle = createThrottle();
  expect(throttle.passes(doing('api', 'a'), 0)).toBe(true);
  expect(throttle.passes(doing('api', 'b'), 100)).toBe(false);
  expect(throttle.passes(doing('web', 'b'), 100)).toBe(true);
  expect(throttle.passes(doing('api', 'b'), 250)).toBe(true);
  expect(throttle.passes(doing('api', 'b'), 900)).toBe(false);
});

it('holds back nothing else', () => {
  const throttle = createThrottle();
  const queued = { type: 'queued', position: 1, reason: 'x' } as const;
  expect([throttle.passes(queued, 0), throttle.passes(queued, 0)]).toEqual([true, true]);
});
