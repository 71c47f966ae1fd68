import { expect, test } from 'vitest';
import { interruptionOf } from '../../src/runtime/interruption.ts';

test('tells a stop by a person from the end of the program', () => {
  const controller = new AbortController();
  expect(interruptionOf(controller.signal)).toBeNull();
  controller.abort({ kind: 'stop', by: 'alice' });
  expect(interruptionOf(controller.signal)).toEqual({ kind: 'stop', by: 'alice' });
  expect(interruptionOf(AbortSignal.abort())).toEqual({ kind: 'shutdown' });
});
