import { expect, it } from 'vitest';
import { createPlainActions } from '../../../src/adapters/terminal/plain-actions.ts';

function actions() {
  const said: string[] = [];
  const opened: string[] = [];
  let left = 0;
  const local = createPlainActions({
    conversation: 'terminal:main',
    limits: { maxBytes: 1, types: [] },
    places: { directory: '/', home: '/' },
    newId: () => 'abcdef',
    say: (text) => void said.push(text),
    opened: async (conversation) => void opened.push(conversation),
    leave: () => {
      left += 1;
    },
  });
  return { local, said, opened, left: () => left };
}

it('goes to other conversations, taking up each once, and back', async () => {
  const { local, opened } = actions();
  await local.perform({ type: 'new-tab', name: null });
  expect(local.conversation).toBe('terminal:main-abcd');
  await local.perform({ type: 'switch-tab', to: 'plan' });
  await local.perform({ type: 'switch-tab', to: '1' });
  expect(local.conversation).toBe('terminal:main');
  await local.perform({ type: 'switch-tab', to: '3' });
  expect(local.conversation).toBe('terminal:plan');
  await local.perform({ type: 'close-tab' });
  expect(local.conversation).toBe('terminal:main');
  expect(opened).toEqual(['terminal:main-abcd', 'terminal:plan']);
});

it('says what is open and what keys do, and leaves', async () => {
  const { local, said, left } = actions();
  await local.perform({ type: 'list-tabs' });
  await local.perform({ type: 'keys' });
  await local.perform({ type: 'clear' });
  await local.perform({ type: 'leave' });
  expect([said[0], said[1]?.includes('Ctrl-C'), said.length, left()]).toEqual(['1 main\n', true, 2, 1]);
});

it('refuses a file that may not go with a message, and keeps none', async () => {
  const { local } = actions();
  await expect(local.perform({ type: 'attach', path: 'missing' })).rejects.toMatchObject({ code: 'not-found' });
  expect(local.takeAttachments()).toEqual([]);
});
