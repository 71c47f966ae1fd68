import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withImages } from '../../src/agents/attachments.ts';
import { testTurn } from '../contracts/provider.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

const types = ['image/png'];

test('Images of a type that the CLI takes come with their content, other files only by name', async () => {
  const directory = temporaryDirectory();
  const [image, text] = [join(directory, 'a.png'), join(directory, 'b.txt')];
  writeFileSync(image, 'picture');
  writeFileSync(text, 'words');
  const attachments = [
    { path: image, type: 'image/png' },
    { path: text, type: 'text/plain' },
  ];
  const turn = await withImages(testTurn({ attachments }), types);
  expect(turn.attachments).toEqual([
    { path: image, type: 'image/png', data: Buffer.from('picture').toString('base64') },
    { path: text, type: 'text/plain' },
  ]);
});

test('An image that is gone, or larger than any model takes, is only named', async () => {
  const directory = temporaryDirectory();
  const large = join(directory, 'large.png');
  writeFileSync(large, Buffer.alloc(4_000_000));
  const attachments = [large, join(directory, 'gone.png')].map((path) => ({ path, type: 'image/png' }));
  expect((await withImages(testTurn({ attachments }), types)).attachments).toEqual(attachments);
});
