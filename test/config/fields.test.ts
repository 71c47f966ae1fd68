import { describe, expect, it } from 'vitest';
import type { z } from 'zod/mini';
import * as fields from '../../src/config/fields.ts';

function read(schema: z.ZodMiniType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? { value: result.data } : { expected: result.error.issues.map(({ message }) => message) };
}

describe('the kinds of values', () => {
  it('reads durations that a timer can wait', () => {
    expect(read(fields.timer, '30m')).toEqual({ value: 1_800_000 });
    for (const wrong of ['0s', '25d', '5', 5, null, '']) {
      expect(read(fields.timer, wrong)).toEqual({
        expected: [expect.stringMatching(/30s, 5m, 2h or 7d, at most 24d/)],
      });
    }
  });

  it('reads a grace of nothing', () => {
    expect(read(fields.grace, '0s')).toEqual({ value: 0 });
  });

  it('reads sizes', () => {
    expect(read(fields.size, '20MB')).toEqual({ value: 20_000_000 });
    expect(read(fields.size, 20)).toEqual({ expected: [expect.stringContaining('20MB')] });
  });

  it('reads periods, and for ever', () => {
    expect(read(fields.period, '30d')).toEqual({ value: 2_592_000_000 });
    expect(read(fields.period, 'forever')).toEqual({ value: null });
    expect(read(fields.period, '0d')).toEqual({ expected: [expect.stringContaining('forever')] });
    expect(read(fields.period, null)).toEqual({ expected: [expect.stringContaining('forever')] });
  });

  it('reads ids with and without quotes, to the last digit', () => {
    expect(read(fields.ids, ['C1', 12, 123456789012345678n])).toEqual({ value: ['C1', '12', '123456789012345678'] });
    expect(read(fields.ids, 'C1')).toEqual({ expected: ['a list of ids'] });
    expect(read(fields.ids, [true])).toEqual({ expected: ['an id, as text'] });
  });

  it('reads whole numbers within their bounds', () => {
    const number = fields.wholeNumber(1, 8);
    expect(read(number, 8)).toEqual({ value: 8 });
    for (const wrong of [0, 9, 1.5, '3', Number.NaN, Number.POSITIVE_INFINITY, 12345678901234567890n]) {
      expect(read(number, wrong)).toEqual({ expected: ['a whole number from 1 to 8'] });
    }
    expect(read(fields.wholeNumber(1), -1)).toEqual({ expected: ['a whole number from 1'] });
  });

  it('reads addresses of the web only', () => {
    expect(read(fields.address, 'http://127.0.0.1:4000/api')).toEqual({ value: 'http://127.0.0.1:4000/api' });
    for (const wrong of ['slack.com', 'file:///etc/passwd', 'http://', 'https:///x']) {
      expect(read(fields.address, wrong)).toEqual({ expected: [expect.stringContaining('https://')] });
    }
  });

  it('takes no number or word for text, and nothing empty where text is needed', () => {
    expect(read(fields.text, 8080)).toEqual({ expected: [expect.stringContaining('quotes')] });
    expect(read(fields.text, '')).toEqual({ value: '' });
    expect(read(fields.filledText, ' ')).toEqual({ expected: [expect.stringContaining('not empty')] });
    expect(read(fields.argv, [])).toEqual({ expected: [expect.stringContaining('a program')] });
  });

  it('offers the choice that was probably meant', () => {
    const choice = fields.oneOf(['read', 'edit']);
    expect(read(choice, 'edti')).toEqual({ expected: ['one of read, edit (did you mean "edit"?)'] });
    expect(read(choice, 5)).toEqual({ expected: ['one of read, edit'] });
  });
});
