import { expect, test } from 'vitest';
import { spanText } from '../../src/agents/span.ts';

test.each([
  [30, '30 ms'],
  [1000, '1 s'],
  [90_000, '90 s'],
  [900_000, '15 min'],
  [7_200_000, '2 h'],
  [7_500_000, '2 h 5 min'],
])('%i ms are read as %s', (milliseconds, text) => {
  expect(spanText(milliseconds)).toBe(text);
});
