import { describe, expect, it } from 'vitest';
import { parseDuration, parseSize } from '../../src/config/values.ts';

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['0s', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '30', 's', '1.5h', '-5m', '5 m', '5M', '1w', '1h30m', ' 5m', '5m\n', '9999999999d'])(
    'does not read %o',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe('parseSize', () => {
  it.each([
    ['20MB', 20_000_000],
    ['500KB', 500_000],
    ['1GB', 1_000_000_000],
    ['12B', 12],
    ['20 mb', 20_000_000],
    ['1MiB', 1_048_576],
    ['1KiB', 1024],
    ['1GiB', 1_073_741_824],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', '20', 'MB', '1.5MB', '-1MB', '20M', '20TB', '1BB'])('does not read %o', (text) => {
    expect(parseSize(text)).toBeNull();
  });
});
