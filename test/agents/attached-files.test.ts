import { expect, test } from 'vitest';
import { attachmentFolders, withMentions } from '../../src/agents/attached-files.ts';
import { testTurn } from '../contracts/provider.ts';

const attachments = [
  { path: '/files/one/a.png', type: 'image/png' },
  { path: '/files/one/b (2).txt', type: 'text/plain' },
  { path: '/files/two/c.pdf', type: 'application/pdf' },
];

test('Every directory of an attachment is named once', () => {
  expect(attachmentFolders(testTurn({ attachments }))).toEqual(['/files/one', '/files/two']);
  expect(attachmentFolders(testTurn())).toEqual([]);
});

test('Attachments stand after the prompt, each on a line, and no character of a name ends it early', () => {
  expect(withMentions(testTurn({ prompt: 'Look', attachments }))).toBe(
    'Look\n@/files/one/a.png\n@/files/one/b\\ \\(2\\).txt\n@/files/two/c.pdf',
  );
  expect(withMentions(testTurn({ prompt: 'Look' }))).toBe('Look');
});
