import { expect, it } from 'vitest';
import { fields, isFields, list, parsedFields, text } from '../../src/adapters/untyped.ts';

it('takes what fits, and stands in for what does not', () => {
  expect([isFields({}), isFields(null), isFields('x')]).toEqual([true, false, false]);
  expect([fields({ a: 1 }), fields('x')]).toEqual([{ a: 1 }, {}]);
  expect([text('x'), text(7)]).toEqual(['x', '']);
  expect([list([1]), list({ length: 1 })]).toEqual([[1], []]);
  expect([parsedFields('{"a":1}'), parsedFields('{'), parsedFields('7')]).toEqual([{ a: 1 }, {}, {}]);
});
