import { expect, it } from 'vitest';
import { reasonOf } from '../../src/adapters/outcome.ts';

it('says why in a word', () => {
  expect(reasonOf({ kind: 'limited', afterMs: 5 })).toBe('limited');
  expect(reasonOf({ kind: 'refused', code: '50013', message: 'Missing Permissions' })).toBe('Missing Permissions');
});
