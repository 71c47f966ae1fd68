import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk } from '../../src/search/walk.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tutti-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>, base = root) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
}

const paths = (directory = root) => [...walk(directory)].map((file) => file.path);

describe('walk', () => {
  it('finds files at every depth', () => {
    write({ 'a.ts': '1', 'src/b.ts': '2', 'src/deep/c.ts': '3' });
    expect(paths()).toEqual(['a.ts', 'src/b.ts', 'src/deep/c.ts']);
  });

  it('follows ignore rules of every level, the inner one last', () => {
    write({
      '.gitignore': '*.log\n/build/\n',
      'a.log': 'x',
      'build/out.js': 'x',
      'src/build/kept.js': 'x',
      'src/.gitignore': '!kept.log\nlocal.ts\n',
      'src/kept.log': 'x',
      'src/local.ts': 'x',
      'src/b.ts': 'x',
    });
    expect(paths()).toEqual(['.gitignore', 'src/.gitignore', 'src/b.ts', 'src/build/kept.js', 'src/kept.log']);
  });

  it('heeds ignore rules from its root downward only', () => {
    write({
      '.gitignore': 'node_modules/\n',
      'node_modules/tool/index.js': 'x',
      'node_modules/tool/node_modules/dep/i.js': 'x',
    });
    expect(paths(join(root, 'node_modules/tool'))).toEqual(['index.js']);
    expect(paths()).toEqual(['.gitignore']);
  });

  it('passes over secrets, binaries, .git and virtual environments', () => {
    write({
      '.env': 'A=1',
      '.env.example': 'A=',
      'logo.png': 'x',
      '.git/config': 'x',
      'env/pyvenv.cfg': 'x',
      'env/lib.py': 'x',
      'app.py': 'x',
    });
    expect(paths()).toEqual(['.env.example', 'app.py']);
  });

  it('follows no link', () => {
    const outside = mkdtempSync(join(tmpdir(), 'tutti-outside-'));
    write({ 'secret.ts': 'x' }, outside);
    write({ 'a.ts': 'x' });
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'secret.ts'), join(root, 'link.ts'));
    expect(paths()).toEqual(['a.ts']);
    rmSync(outside, { recursive: true });
  });

  it('changes the stamp of a file that was written again with the same length', async () => {
    write({ 'a.ts': 'one' });
    const [before] = walk(root);
    await expect
      .poll(() => {
        write({ 'a.ts': 'two' });
        return [...walk(root)][0]?.stamp;
      })
      .not.toBe(before?.stamp);
  });

  it('finds nothing in a directory that is gone', () => {
    expect(paths(join(root, 'missing'))).toEqual([]);
  });
});
