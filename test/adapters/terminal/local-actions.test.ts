import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Conversations } from '../../../src/adapters/terminal/conversations.ts';
import { type Desk, newDesk, openTab, showTab } from '../../../src/adapters/terminal/desk.ts';
import { createLocalActions } from '../../../src/adapters/terminal/local-actions.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';

function actions() {
  let desk: Desk = newDesk('terminal:main');
  const said: string[] = [];
  const done: string[] = [];
  const conversations: Conversations = {
    get desk() {
      return desk;
    },
    change(update) {
      desk = update(desk);
    },
    say: (text) => void said.push(text),
    send: async () => undefined,
    progress: () => undefined,
    post: async () => undefined,
    async open(conversation) {
      desk = openTab(desk, conversation);
    },
    async show(index) {
      desk = showTab(desk, index);
    },
    close: async () => undefined,
  };
  const perform = createLocalActions({
    conversations,
    style: createStyle(false),
    limits: async () => ({ maxBytes: 100, types: ['image/*'] }),
    places: { directory: tmpdir(), home: tmpdir() },
    width: () => 80,
    newId: () => 'abcdef',
    leave: () => done.push('left'),
    clear: () => done.push('cleared'),
  });
  return { perform, said, done, conversations };
}

it('opens conversations, named or not, and finds those that are open', async () => {
  const { perform, conversations } = actions();
  await perform({ type: 'new-tab', name: null });
  await perform({ type: 'new-tab', name: 'plan' });
  await perform({ type: 'switch-tab', to: '1' });
  await perform({ type: 'switch-tab', to: 'elsewhere' });
  expect(conversations.desk.tabs.map(({ conversation }) => conversation)).toEqual([
    'terminal:main',
    'terminal:main-abcd',
    'terminal:plan',
    'terminal:elsewhere',
  ]);
  expect(conversations.desk.current).toBe(3);
});

it('attaches files, and says why not', async () => {
  const { perform, said, conversations } = actions();
  const name = `tutti-${process.pid}.png`;
  await writeFile(join(tmpdir(), name), 'x');
  await perform({ type: 'attach', path: name });
  expect(conversations.desk.tabs[0].attachments).toMatchObject([{ name, type: 'image/png' }]);
  await perform({ type: 'attach', path: 'missing.png' });
  expect(said).toEqual(['  ✗ There is no file missing.png.\n    The path starts at the current directory.\n\n']);
});

it('lists what is open, and explains the keys', async () => {
  const { perform, said, done } = actions();
  await perform({ type: 'new-tab', name: 'plan' });
  await perform({ type: 'list-tabs' });
  expect(said[0]).toContain('    1  main\n  › 2  plan\n');
  await perform({ type: 'keys' });
  expect(said[1]).toContain('Alt-Enter');
  await perform({ type: 'clear' });
  await perform({ type: 'leave' });
  expect(done).toEqual(['cleared', 'left']);
});
