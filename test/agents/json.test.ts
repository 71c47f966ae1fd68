import { expect, test } from 'vitest';
import { numberOf, objectsOf, parseObject, stringOf } from '../../src/agents/json.ts';

test('Only an object is an object', () => {
  expect(parseObject('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['', 'null', '[]', '"a"', '3', '{"a":', '\0', '{"__proto__":{"polluted":1}}x']) {
    expect(parseObject(text)).toBeNull();
  }
});

test('A key named like the prototype is a key and nothing else', () => {
  const object = parseObject('{"__proto__":{"polluted":1}}');
  expect(object?.polluted).toBeUndefined();
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('Values of another type than expected are none', () => {
  expect(stringOf(3)).toBeNull();
  expect(numberOf('3')).toBeNull();
  expect(numberOf(Number.NaN)).toBeNull();
  expect(objectsOf([{ a: 1 }, null, 'x', [2]])).toEqual([{ a: 1 }]);
  expect(objectsOf({ length: 3 })).toEqual([]);
});
