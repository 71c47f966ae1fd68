import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signedIn } from '../../src/agents/sign-in.ts';
import { temporaryDirectory, testEnvironment } from '../support/project-agents.ts';

test('A CLI that answers is asked', async () => {
  const path = join(temporaryDirectory(), 'cli');
  writeFileSync(path, '#!/bin/sh\necho "$1: me"; exit 3\n');
  chmodSync(path, 0o755);
  const asked: unknown[] = [];
  const signIn = {
    args: ['whoami'],
    hint: '',
    read: (exit: { readonly code: number | null }, stdout: string) => {
      asked.push(exit.code, stdout.trim());
      return 'yes' as const;
    },
  };
  expect(await signedIn(signIn, path, testEnvironment)).toBe('yes');
  expect(asked).toEqual([3, 'whoami: me']);
});

test('For others their files below the home directory are looked at, those that are missing as null', async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, '.cli'));
  writeFileSync(join(home, '.cli', 'keys'), 'a key');
  const judged: unknown[] = [];
  const signIn = {
    files: ['.cli/keys', '.cli/none'],
    hint: '',
    judge: (environment: Readonly<Record<string, string>>, contents: unknown) => {
      judged.push(environment.KEY, contents);
      return 'no' as const;
    },
  };
  expect(await signedIn(signIn, '/cli', { HOME: home, KEY: 'k' })).toBe('no');
  expect(judged).toEqual(['k', { '.cli/keys': 'a key', '.cli/none': null }]);
  await signedIn(signIn, '/cli', {});
  expect(judged.at(-1)).toEqual({ '.cli/keys': null, '.cli/none': null });
});

test('Where there is no way to learn it, it is unknown', async () => {
  expect(await signedIn(undefined, '/cli', {})).toBe('unknown');
});
