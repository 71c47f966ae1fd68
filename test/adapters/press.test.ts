import { expect, it } from 'vitest';
import type { Button, Press } from '../../src/adapters/adapter.ts';
import { arranged, readPress, writePress } from '../../src/adapters/press.ts';

const save = (agent: string): Button => ({ label: agent, press: { kind: 'save', turn: 'a1b2c3', agent } });
const ask: Button = { label: 'ask', press: { kind: 'ask', turn: 'a1b2c3' } };

it.each<Press>([
  { kind: 'tasks', turn: 'a1b2c3d4e5f6' },
  { kind: 'ask', turn: 'a1b2c3d4e5f6' },
  { kind: 'save', turn: 'a1b2c3d4e5f6', agent: 'ä.b-c_d' },
  { kind: 'save', turn: 'a1b2c3d4e5f6', agent: 'x'.repeat(32) },
])('survives being written on a button: %j', (press) => {
  expect(readPress(writePress(press))).toEqual(press);
  expect(writePress(press).length).toBeLessThanOrEqual(60);
});

it.each([
  '',
  'save',
  'save:a',
  'save:a:',
  'tasks:a:b',
  'stop:a',
  'tasks:',
  'tasks:a b',
  'xsave:a:b',
  `tasks:${'a'.repeat(41)}`,
])('is none in %j', (written) => {
  expect(readPress(written)).toBeNull();
});

it('puts up to five agents into a row, and more into a menu', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map(save);
  expect(arranged([...five, ask])).toEqual({ row: [...five, ask], menu: [] });
  const six = [...five, save('f')];
  expect(arranged([...six, ask])).toEqual({ row: [ask], menu: six });
});
