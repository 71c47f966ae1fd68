import { describe, expect, it } from 'vitest';
import { integer, integerOrNull, json, jsonOrNull, text, textOrNull } from '../../src/store/rows.ts';

describe('reading columns', () => {
  it('gives the values that the schema allows', () => {
    expect(text('a')).toBe('a');
    expect(textOrNull(null)).toBeNull();
    expect(integer(3)).toBe(3);
    expect(integerOrNull(null)).toBeNull();
    expect(json<{ a: number }>('{"a":1}')).toEqual({ a: 1 });
    expect(jsonOrNull(null)).toBeNull();
  });

  it.each([
    ['a number for a text', () => text(3)],
    ['nothing for a text', () => text(undefined)],
    ['a text for a number', () => integer('3')],
    ['JSON that is none', () => json('{"a":')],
    ['a number for JSON', () => jsonOrNull(3)],
  ])('calls the file damaged where it finds %s', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  });
});
