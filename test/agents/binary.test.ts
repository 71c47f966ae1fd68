import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBinary } from '../../src/agents/binary.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

function place(mode: number, directory = temporaryDirectory()) {
  const path = join(directory, 'tool');
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, mode);
  return { directory, path };
}

test('The first executable of that name on the PATH is taken', () => {
  const [forbidden, first, second] = [place(0o644), place(0o755), place(0o755)];
  const PATH = [forbidden.directory, first.directory, second.directory].join(':');
  expect(findBinary('tool', { PATH })).toEqual({ found: true, path: first.path });
});

test('A file that may not be run is named, a directory of that name is none', () => {
  const { directory, path } = place(0o644);
  expect(findBinary('tool', { PATH: directory })).toEqual({ found: false, path });
  mkdirSync(join(directory, 'folder'));
  expect(findBinary('folder', { PATH: directory })).toEqual({ found: false, path: null });
});

test('A name with a slash is looked for below the directory, and on no PATH', () => {
  const { directory, path } = place(0o755);
  expect(findBinary('./tool', { PATH: '' }, directory)).toEqual({ found: true, path });
  expect(findBinary(path, { PATH: '' }, '/elsewhere')).toEqual({ found: true, path });
  expect(findBinary('./tool', { PATH: directory }, '/elsewhere')).toEqual({ found: false, path: null });
});

test('Relative entries of the PATH do not count: a project could put a program there', () => {
  expect(findBinary('sh', { PATH: '.:bin:' })).toEqual({ found: false, path: null });
  expect(findBinary('', { PATH: '/bin' })).toEqual({ found: false, path: null });
});
