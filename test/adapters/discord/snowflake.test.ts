import { expect, it } from 'vitest';
import { idAt, isId, isLater, timeOf } from '../../../src/adapters/discord/snowflake.ts';

it('carries a time', () => {
  expect(new Date(timeOf('175928847299117063')).toISOString()).toBe('2016-04-30T11:18:25.796Z');
  const now = Date.UTC(2026, 10, 25);
  expect(timeOf(idAt(now))).toBe(now);
  expect(timeOf('no id')).toBe(0);
  expect(idAt(0)).toBe('0');
});

it('orders ids of any length', () => {
  expect(isLater('1000000000000000000', '999999999999999999')).toBe(true);
  expect(isLater('5', '5')).toBe(false);
});

it('knows an id', () => {
  expect([isId('1574981317735481344'), isId('@me'), isId('')]).toEqual([true, false, false]);
});
