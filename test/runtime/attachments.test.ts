import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pruneAttachments } from '../../src/runtime/attachments.ts';
import { dataDirectory } from '../support/store/directory.ts';

it('removes what was attached before the time, and nothing else', () => {
  const directory = dataDirectory();
  for (const name of ['old', 'new']) {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(join(directory, name, 'file.png'), 'x');
  }
  utimesSync(join(directory, 'old'), new Date(0), new Date(0));
  pruneAttachments(directory, new Date(1000));
  expect(readdirSync(directory)).toEqual(['new']);
  pruneAttachments(join(directory, 'not there'), new Date());
});
