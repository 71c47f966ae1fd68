import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { createSteps } from '../../src/runtime/steps.ts';

test('keeps steps in order while the disk is full and records them when there is room', () => {
  let room = true;
  const recorded: number[] = [];
  const step = (n: number) => () => {
    if (!room) throw new UserError('disk-full', 'The disk is full.');
    recorded.push(n);
  };
  const steps = createSteps();
  steps.record(step(1));
  room = false;
  steps.record(step(2));
  steps.record(step(3));
  expect(recorded).toEqual([1]);
  expect(steps.full).toBe('The disk is full.');
  expect(steps.flush()).toBe(false);
  room = true;
  steps.record(step(4));
  expect(recorded).toEqual([1, 2, 3, 4]);
  expect(steps.full).toBeNull();
});

test('any other error is not swallowed', () => {
  const steps = createSteps();
  expect(() =>
    steps.record(() => {
      throw new Error('a defect');
    }),
  ).toThrow('a defect');
});
