import { expect, it } from 'vitest';
import { createPacer } from '../../src/adapters/pacer.ts';

const clock = () => performance.now();

it('does the newest edit of each thing, and leaves out what it replaces', async () => {
  const pacer = createPacer({ intervalMs: 1, perKeyMs: 30, clock });
  const done: string[] = [];
  const edit = (name: string) => async () => void done.push(name);
  await pacer.submit('a', edit('a1'));
  const replaced = pacer.submit('a', edit('a2'));
  const kept = pacer.submit('a', edit('a3'));
  await Promise.all([replaced, kept, pacer.submit('b', edit('b1'))]);
  expect(done).toEqual(['a1', 'b1', 'a3']);
});

it('goes on after an edit that failed, and lets an urgent one go first', async () => {
  const pacer = createPacer({ intervalMs: 1, perKeyMs: 60_000, clock });
  const done: string[] = [];
  await pacer.submit('a', async () => {
    throw new Error('refused');
  });
  void pacer.submit('a', async () => void done.push('late'));
  await pacer.submit('a', async () => void done.push('closing'), { urgent: true });
  expect(done).toEqual(['closing']);
});
