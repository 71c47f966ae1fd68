import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { longestDocument } from '../../src/autorun/documents.ts';
import type { TurnRecord } from '../../src/ledger/ledger.ts';
import { answeredDocument, postedDocument } from '../../src/runtime/spec-document.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { messageWith, resultWith } from '../support/ledger/samples.ts';

const at = '2026-11-25T10:00:00.000Z';

function posted(content: string | Buffer, named: { readonly name?: string; readonly type?: string } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-posted-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const { name = 'plan.md', type = 'text/plain' } = named;
  const path = join(directory, 'file');
  writeFileSync(path, content);
  return postedDocument({ name, path, type, bytes: Buffer.byteLength(content) }, at);
}

test('a markdown file is one by its type or its name, and keeps every byte', async () => {
  const text = '\ufeff- [ ] größer\r\n';
  expect(await posted(text)).toEqual({ name: 'plan.md', text });
  expect(await posted(text, { name: 'Notes.MARKDOWN' })).toEqual({ name: 'Notes.md', text });
  expect(await posted(text, { name: 'plan', type: 'text/markdown' })).toEqual({ name: 'plan.md', text });
});

test('what is no text, too large, gone, or called otherwise is none', async () => {
  expect(await posted('- [ ] a', { name: 'plan.txt' })).toBeNull();
  expect(await posted('- [ ] a', { type: 'application/octet-stream' })).toBeNull();
  expect(await posted(Buffer.from([0x2d, 0xff, 0xfe]))).toBeNull();
  expect(await posted('- [ ] a\0')).toBeNull();
  expect(await posted('a'.repeat(longestDocument + 1))).toBeNull();
  expect(await postedDocument({ name: 'a.md', path: '/nowhere/a.md', type: 'text/plain', bytes: 1 }, at)).toBeNull();
});

test('an answer is one with the places that it cites', () => {
  const { ledger } = sqliteBench().join();
  const { turn } = ledger.accept(messageWith('m1'));
  const cited = {
    n: 1,
    agent: 'api',
    path: 'src/a.ts',
    line: 4,
    endLine: 6,
    verified: true,
    reason: null,
    excerpt: null,
  };
  const whole = { ...cited, n: 2, path: null, line: null, endLine: null };
  const answered = (answer: string | null): TurnRecord => ({
    ...turn,
    result: resultWith(turn.id, { answer, citations: answer === null ? [] : [cited, whole] }),
  });
  expect(answeredDocument(answered('# Do it\n\n- [ ] one [1] [2]'))).toEqual({
    name: 'Do-it.md',
    text: '# Do it\n\n- [ ] one [1] [2]\n\n## Sources\n\n1. api `src/a.ts:4-6`\n2. api\n',
  });
  expect(answeredDocument(answered(null))).toBeNull();
  expect(answeredDocument(turn)).toBeNull();
});
