import { expect, test } from 'vitest';
import { createScene, printed, run } from './support/program.ts';

test('help lists commands and words, and explains one in the manner of a manual page', async () => {
  const scene = createScene({ agents: [], script: {} });
  const all = await run(scene, ['--help']);
  expect(all.code).toBe(0);
  for (const name of ['ask', 'history', 'init', 'resume', 'slack', 'discord']) expect(all.stdout).toContain(name);
  const one = await run(scene, ['history', 'search', '--help']);
  expect(one.stdout).toContain('USAGE');
  expect(one.stdout).toContain('--since');
  expect(printed(await run(scene, ['ask', '--help', '--json']))).toMatchObject({ commands: [{ name: 'ask' }] });
  const unknown = await run(scene, ['histroy', '--help']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean history?')]);
});

test('the version stands alone on stdout', async () => {
  const { stdout, code } = await run(createScene({ agents: [], script: {} }), ['--version']);
  expect([stdout, code]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+\n$/), 0]);
});

test('setting up a platform is explained like any command', async () => {
  const { stdout, code } = await run(createScene({ agents: [], script: {} }), ['discord', 'register', '--help']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('tutti discord register')]);
});

test('a shell is taught with a script, and an unknown one is refused with the choices', async () => {
  const scene = createScene({ agents: [], script: {} });
  const bash = await run(scene, ['completions', 'bash']);
  expect([bash.code, bash.stdout]).toEqual([0, expect.stringContaining('complete -o filenames -F _tutti tutti')]);
  const unknown = await run(scene, ['completions', 'bsh']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish')]);
});
