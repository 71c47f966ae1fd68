import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProviderChooser } from '../../src/agents/choose.ts';
import { commandLine } from '../../src/agents/command-line.ts';
import type { CommandLineSpec } from '../../src/agents/provider.ts';
import { testCollections } from '../support/collections.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

/** CLIs on a PATH of their own; each logs when it is asked who is signed in, and answers what its file says. */
function machine() {
  const directory = temporaryDirectory();
  const log = join(directory, 'asked');
  const install = (name: string, who: 'yes' | 'no' | 'unknown') => {
    const file = join(directory, name);
    writeFileSync(file, `#!/bin/sh\n[ "$1" = who ] && echo ${name} >> ${log} && echo ${who} || echo ${name} 1.0.0\n`);
    chmodSync(file, 0o755);
  };
  const asked = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  const environment = { PATH: `${directory}:/usr/bin:/bin` };
  const providers = ['codex', 'claude', 'gemini'].map((name) => commandLine(spec(name)));
  const chooser = createProviderChooser({ providers, environment, records: testCollections().collection('choice') });
  return { directory, install, asked, chooser, uninstall: (name: string) => rmSync(join(directory, name)) };
}

function spec(name: string): CommandLineSpec {
  return {
    name,
    binary: name,
    capabilities: {
      resume: 'anywhere',
      images: false,
      cost: false,
      readOnly: 'enforced',
      cumulativeUsage: false,
      extractive: false,
      mind: true,
    },
    bypassFlags: [],
    tested: null,
    invoke: () => ({ args: [], input: '' }),
    reader: () => ({ parse: () => [] }),
    signIn: {
      args: ['who'],
      read: (_exit, stdout) => (stdout === 'yes' ? 'yes' : stdout === 'no' ? 'no' : 'unknown'),
      hint: 'Sign in',
    },
  };
}

test('The first that is installed and signed in is taken, in the order of the design, asking no further', async () => {
  const { install, asked, chooser } = machine();
  install('claude', 'no');
  install('codex', 'yes');
  install('gemini', 'yes');
  expect((await chooser.choose()).provider).toBe('codex');
  expect(asked()).toEqual(['claude', 'codex']);
});

test('Unknown counts as not signed in, and with nobody signed in it is the search', async () => {
  const { install, chooser } = machine();
  install('claude', 'unknown');
  install('codex', 'no');
  expect(await chooser.choose()).toMatchObject({ provider: 'search', status: null });
});

test('The choice is kept with what it rests on, and asked for once at a time', async () => {
  const { install, asked, chooser, directory } = machine();
  install('claude', 'yes');
  expect(await chooser.known()).toBeNull();
  const [one, other] = await Promise.all([chooser.choose(), chooser.choose()]);
  expect(one).toEqual(other);
  expect(await chooser.known()).toMatchObject({
    provider: 'claude',
    status: { version: '1.0.0', path: join(directory, 'claude'), signedIn: 'yes' },
  });
  await chooser.choose();
  expect(asked()).toEqual(['claude']);
});

test('It is made anew when a program comes, goes or moves, and when it is forgotten', async () => {
  const { install, uninstall, chooser } = machine();
  install('codex', 'yes');
  expect((await chooser.choose()).provider).toBe('codex');
  install('claude', 'yes');
  expect((await chooser.choose()).provider).toBe('claude');
  uninstall('claude');
  expect((await chooser.choose()).provider).toBe('codex');
  install('codex', 'no');
  expect((await chooser.choose()).provider).toBe('codex');
  await chooser.forget();
  expect((await chooser.choose()).provider).toBe('search');
});
