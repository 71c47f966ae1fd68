import { expect, it } from 'vitest';
import { createRefusals, isUnrecorded, sentenceOf } from '../../src/adapters/refusals.ts';
import { UserError } from '../../src/errors.ts';
import { createCollections } from '../../src/store/collections.ts';
import { storeForTest } from '../support/store/store.ts';

it('tells a person once a day, also after a restart, and others as well', async () => {
  const records = createCollections(storeForTest()).collection<true>('refused');
  const refusals = createRefusals(records);
  expect(await Promise.all([refusals.due('T:U1'), refusals.due('T:U1')])).toEqual([true, false]);
  expect(await createRefusals(records).due('T:U1')).toBe(false);
  expect(await refusals.due('T:U2')).toBe(true);
});

it('tells what was not recorded from what was refused', () => {
  expect(isUnrecorded(new UserError('disk-full', 'The disk is full.'))).toBe(true);
  expect(isUnrecorded(new UserError('store-busy', 'Busy.'))).toBe(true);
  expect(isUnrecorded(new Error('a defect'))).toBe(true);
  expect(isUnrecorded(new UserError('denied', 'No.'))).toBe(false);
  expect(sentenceOf(new UserError('denied', 'No.', { hint: 'Ask somebody.' }))).toBe('No. Ask somebody.');
});
