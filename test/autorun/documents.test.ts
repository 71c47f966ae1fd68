import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { longestDocument, saveDocument } from '../../src/autorun/documents.ts';

const folder = '.tutti/autorun';
const text = '- [ ] one\n';

function project(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-documents-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const inner = join(directory, 'project');
  mkdirSync(inner);
  return inner;
}

describe('saving a document', () => {
  it('makes the folder, and leaves nothing but the document', async () => {
    const directory = project();
    expect(await saveDocument({ directory, folder, name: 'plan.md', text })).toEqual({
      path: '.tutti/autorun/plan.md',
      already: false,
    });
    expect(readFileSync(join(directory, folder, 'plan.md'), 'utf8')).toBe(text);
    expect(readdirSync(join(directory, folder))).toEqual(['plan.md']);
  });

  it('overwrites nothing: another document gets a number, the same one is recognised', async () => {
    const directory = project();
    const save = (written: string) => saveDocument({ directory, folder, name: 'plan.md', text: written });
    await save('first');
    expect(await save('second')).toEqual({ path: '.tutti/autorun/plan-2.md', already: false });
    expect(await save('third')).toEqual({ path: '.tutti/autorun/plan-3.md', already: false });
    expect(await save('second')).toEqual({ path: '.tutti/autorun/plan-2.md', already: true });
    const kept = ['plan.md', 'plan-2.md', 'plan-3.md'].map((name) =>
      readFileSync(join(directory, folder, name), 'utf8'),
    );
    expect(kept).toEqual(['first', 'second', 'third']);
  });

  it('gives every one of many at once a name of its own', async () => {
    const directory = project();
    const texts = Array.from({ length: 8 }, (_, index) => `text ${index}`);
    const saved = await Promise.all(texts.map((one) => saveDocument({ directory, folder, name: 'a.md', text: one })));
    expect(new Set(saved.map(({ path }) => path)).size).toBe(8);
    const found = saved.map(({ path }) => readFileSync(join(directory, path), 'utf8'));
    expect(found).toEqual(texts);
    expect(readdirSync(join(directory, folder))).toHaveLength(8);
  });

  it('writes through no link that has its name, and gives up after a hundred of them', async () => {
    const directory = project();
    const outside = join(directory, '..', 'outside.md');
    // As long as the link's own content.
    const text = 'x'.repeat(outside.length);
    writeFileSync(outside, text);
    mkdirSync(join(directory, folder), { recursive: true });
    symlinkSync(outside, join(directory, folder, 'plan.md'));
    symlinkSync(join(directory, '..', 'nothing.md'), join(directory, folder, 'plan-2.md'));
    const { path, already } = await saveDocument({ directory, folder, name: 'plan.md', text });
    expect([path, already]).toEqual(['.tutti/autorun/plan-3.md', false]);
    expect(existsSync(join(directory, '..', 'nothing.md'))).toBe(false);
    for (let number = 2; number <= 100; number += 1) writeFileSync(join(directory, folder, `x-${number}.md`), 'x');
    writeFileSync(join(directory, folder, 'x.md'), 'x');
    await expect(saveDocument({ directory, folder, name: 'x.md', text })).rejects.toMatchObject({ code: 'not-saved' });
    expect(readdirSync(join(directory, folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each(['.tutti', '.tutti/autorun'])('is refused where %s leads out of the directory', async (link) => {
    const directory = project();
    const outside = join(directory, '..', 'outside');
    mkdirSync(outside);
    if (link.includes('/')) mkdirSync(join(directory, '.tutti'));
    symlinkSync(outside, join(directory, link));
    await expect(saveDocument({ directory, folder, name: 'plan.md', text })).rejects.toMatchObject({ code: 'outside' });
    rmSync(outside, { recursive: true });
    await expect(saveDocument({ directory, folder, name: 'plan.md', text })).rejects.toMatchObject({ code: 'outside' });
    expect(existsSync(outside)).toBe(false);
  });

  it('follows links that stay inside, and a directory that is one', async () => {
    const directory = project();
    mkdirSync(join(directory, 'docs'));
    symlinkSync('docs', join(directory, '.tutti'));
    symlinkSync(directory, `${directory}-link`);
    const { path } = await saveDocument({ directory: `${directory}-link`, folder, name: 'plan.md', text });
    expect(readFileSync(join(directory, path), 'utf8')).toBe(text);
    expect(path).toBe('docs/autorun/plan.md');
  });

  it('says what is wrong, with what to do', async () => {
    const directory = project();
    const save = (where: string, written = text) =>
      saveDocument({ directory: where, folder, name: 'plan.md', text: written });
    await expect(save(join(directory, 'gone'))).rejects.toMatchObject({ code: 'no-directory' });
    await expect(save(directory, 'x'.repeat(longestDocument + 1))).rejects.toMatchObject({
      code: 'document-too-large',
    });
    writeFileSync(join(directory, '.tutti'), 'a file');
    await expect(save(directory)).rejects.toMatchObject({ code: 'not-saved', message: /no folder is in the way/ });
  });

  it.skipIf(process.getuid?.() === 0)('says that it may not write there', async () => {
    const directory = project();
    chmodSync(directory, 0o500);
    await expect(saveDocument({ directory, folder, name: 'plan.md', text })).rejects.toMatchObject({
      message: /may not be written to/,
    });
  });
});
