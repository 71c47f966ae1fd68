import { expect, test } from 'vitest';
import { createSlots } from '../../src/runtime/slots.ts';

const never = new AbortController().signal;

test('hands out no more places than there are', async () => {
  const slots = createSlots(2);
  const first = await slots.take('a', 'question', never);
  await slots.take('a', 'question', never);
  let third = false;
  const waiting = slots.take('a', 'question', never).then(() => {
    third = true;
  });
  await Promise.resolve();
  expect(third).toBe(false);
  first();
  await waiting;
  expect(third).toBe(true);
});

test('goes round the conversations instead of serving the longest line first', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const release = await slots.take('start', 'question', never);
  const take = (conversation: string, name: string) =>
    slots.take(conversation, 'question', never).then((done) => {
      order.push(name);
      done();
    });
  const all = [take('a', 'a1'), take('a', 'a2'), take('a', 'a3'), take('b', 'b1'), take('c', 'c1')];
  release();
  await Promise.all(all);
  expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
});

test('lets a question pass before an Auto Run task', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const release = await slots.take('start', 'question', never);
  const take = (conversation: string, kind: 'question' | 'task') =>
    slots.take(conversation, kind, never).then((done) => {
      order.push(kind);
      done();
    });
  const all = [take('a', 'task'), take('b', 'question')];
  release();
  await Promise.all(all);
  expect(order).toEqual(['question', 'task']);
});

test('one that gives up while waiting takes no place', async () => {
  const slots = createSlots(1);
  const release = await slots.take('a', 'question', never);
  const controller = new AbortController();
  const waiting = slots.take('b', 'question', controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  release();
  expect(slots.free).toBe(1);
});

test('giving a place back twice frees it once', async () => {
  const slots = createSlots(1);
  const release = await slots.take('a', 'question', never);
  release();
  release();
  expect(slots.free).toBe(1);
});
