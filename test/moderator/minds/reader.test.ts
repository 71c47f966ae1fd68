import { expect, test } from 'vitest';
import { bestOf, shorten, weightOf, worthOf } from '../../../src/moderator/minds/reader.ts';
import { createAnalyzer } from '../../../src/search/terms.ts';

const reader = {
  analyzer: createAnalyzer(),
  wanted: new Map([
    ['door', 2],
    ['cat', 1],
  ]),
};

test('a word counts once for the worth of a text, and again, but less, for its weight', () => {
  expect(worthOf('door door door', reader)).toBe(2);
  expect(weightOf('door door door', reader)).toBeGreaterThan(weightOf('door', reader));
  expect(weightOf('door door', reader)).toBeLessThan(2 * weightOf('door', reader));
});

test('the best of several texts, or none where nothing is said', () => {
  expect(bestOf(['house', 'a cat', 'the door'], reader)).toBe(2);
  expect(bestOf(['house', 'garden'], reader)).toBeNull();
});

test('cuts at a word', () => {
  expect(shorten('one two three', 9)).toBe('one two …');
  expect(shorten('one two', 9)).toBe('one two');
});
