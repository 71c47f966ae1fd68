import { describe, expect, it } from 'vitest';
import { duration, shortNumber } from '../src/format.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [1000, '1k'],
    [12_440, '12.4k'],
    [240_000, '240k'],
    [999_600, '1M'],
    [1_230_000, '1.2M'],
  ])('writes %i as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });
});

describe('durations for people', () => {
  it.each([
    [0, '0.0 s'],
    [412, '0.4 s'],
    [9_949, '9.9 s'],
    [9_999, '10 s'],
    [41_000, '41 s'],
    [59_700, '1 m 0 s'],
    [72_000, '1 m 12 s'],
    [7_500_000, '2 h 5 m'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
