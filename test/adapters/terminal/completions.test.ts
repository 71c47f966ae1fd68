import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript } from '../../../src/adapters/terminal/completions.ts';
import { shells } from '../../../src/adapters/terminal/shells.ts';
import { sampleCommands } from '../../support/commands.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tutti-completions-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What bash offers for the last of these words. */
function completed(...words: readonly string[]): readonly string[] {
  const quoted = ['tutti', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${completionScript('bash', sampleCommands)}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _tutti; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash', () => {
  it.each([
    [['h'], ['history', 'help']],
    [
      ['history', ''],
      ['list', 'search', 'export'],
    ],
    [['history', 'ex'], ['export']],
    [['history', 'export', '--f'], ['--format']],
    [
      ['history', '--json', 'export', '--format', ''],
      ['json', 'markdown'],
    ],
    [['ask', '--w'], ['--write']],
    [['--js'], ['--json', '--jsonl']],
    [['ask', '--config', 'completions.t'], ['completions.test.ts']],
  ])('completes %j', (words, expected) => {
    expect(completed(...words)).toEqual(expected);
  });
});

it.each(shells)('writes a script that %s can read, where that is installed', (shell) => {
  const script = completionScript(shell, sampleCommands);
  for (const { name } of sampleCommands) expect(script).toContain(name);
  const path = join(directory, `completions.${shell}`);
  writeFileSync(path, script);
  const checked = spawnSync(shell, ['-n', path], { encoding: 'utf8' });
  if (checked.error === undefined) expect([checked.status, checked.stderr]).toEqual([0, '']);
});

it('lets no summary end a quote', () => {
  const [ask] = sampleCommands;
  if (ask === undefined) throw new Error('no commands');
  const hostile = [{ ...ask, summary: "don't; $(rm -rf /)" }];
  expect(completionScript('fish', hostile)).toContain("-d 'don'\\''t; $(rm -rf /)'");
  expect(completionScript('zsh', hostile)).toContain("'ask:don'\\''t; $(rm -rf /)'");
});
