import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draggedImage, readAttachment, typeOf } from '../../../src/adapters/terminal/attachments.ts';

const limits = { maxBytes: 100, types: ['image/*', 'text/plain'] };
let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tutti-attach-'));
});
afterEach(() => rm(directory, { recursive: true }));

const read = (path: string) => readAttachment(path, limits, { directory, home: directory });

describe('a file that goes with a message', () => {
  it('is found from where the person is, or from home', async () => {
    await writeFile(join(directory, 'a b.png'), 'x'.repeat(10));
    const file = { name: 'a b.png', path: join(directory, 'a b.png'), type: 'image/png', bytes: 10 };
    expect(await read('a b.png')).toEqual(file);
    expect(await read('~/a b.png')).toEqual(file);
    expect(await read(file.path)).toEqual(file);
  });

  it('is refused when it is missing, no file, too large or of another type', async () => {
    await mkdir(join(directory, 'folder.png'));
    await writeFile(join(directory, 'large.png'), 'x'.repeat(101));
    await writeFile(join(directory, 'a.pdf'), 'x');
    await expect(read('none.png')).rejects.toMatchObject({ code: 'not-found', exit: 2 });
    await expect(read('folder.png')).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(read('large.png')).rejects.toMatchObject({ code: 'too-large' });
    await expect(read('a.pdf')).rejects.toMatchObject({ code: 'wrong-type', hint: 'Allowed: image/*, text/plain.' });
  });
});

describe('an image dragged into the terminal', () => {
  it.each([
    ['/tmp/a.png', '/tmp/a.png'],
    [' /tmp/my\\ shot.PNG ', '/tmp/my shot.PNG'],
    ["'/tmp/my shot.png'", '/tmp/my shot.png'],
    ['file:///tmp/my%20shot.jpg', '/tmp/my shot.jpg'],
    ['file:///tmp/100%.jpg', '/tmp/100%.jpg'],
    ['~/a.webp', '~/a.webp'],
    ['a.png', null],
    ['/tmp/a.txt', null],
    ['look at /tmp/a.png', null],
    ['/tmp/a.png\n/tmp/b.png', null],
    ['', null],
  ])('%j', (pasted, path) => {
    expect(draggedImage(pasted)).toBe(path);
  });
});

it('knows types by their names, and takes the rest for text', () => {
  expect([typeOf('a.JPG'), typeOf('a.pdf'), typeOf('Makefile')]).toEqual([
    'image/jpeg',
    'application/pdf',
    'text/plain',
  ]);
});
