import { describe, expect, it } from 'vitest';
import { answerText, withoutFailures } from '../../../src/adapters/terminal/answer.ts';
import { part } from '../../support/terminal-host.ts';

const render = async (markdown: string) => `<${markdown}>\n`;
const directoryOf = () => null;
const citations = [
  { n: 1, agent: 'api', path: 'a.ts', line: 4, endLine: null, verified: true, reason: null, excerpt: null },
];
const full = part({ markdown: 'Text [1].', data: { citations }, footer: '1 agent · 0.4 s' });

describe('an answer for people', () => {
  it('is the text, its sources and the footer', async () => {
    expect(await answerText(full, { render, rendered: true, color: false, width: 80, directoryOf })).toBe(
      '  <Text [1].>\n\n  Sources\n  1 ✓ api  a.ts:4\n\n  1 agent · 0.4 s\n',
    );
  });

  it('is markdown where no terminal shows it', async () => {
    expect(await answerText(full, { render, rendered: false, color: true, width: 80, directoryOf })).toBe(
      'Text [1].\n\nSources\n1 ✓ api  a.ts:4\n\n1 agent · 0.4 s\n',
    );
  });

  it('says when it may have been printed before', async () => {
    const view = { render, rendered: false, color: false, width: 80, directoryOf };
    expect(await answerText(part({ again: true }), view)).toBe('(again)\n\nForty-two.\n');
  });

  it('is as it is where a command prints something for programs', async () => {
    const view = { render, rendered: true, color: true, width: 80, directoryOf };
    expect(await answerText(part({ verbatim: '{"a": 1}', footer: 'x' }), view)).toBe('{"a": 1}\n');
  });

  it('tells no failure again that was told, wherever in it that stands', () => {
    const failures = 'Without an answer: web (gone).';
    expect(withoutFailures(part({ markdown: `Fine.\n\n${failures}`, failures })).markdown).toBe('Fine.');
    expect(withoutFailures(part({ markdown: `${failures}\n\nFine.`, failures })).markdown).toBe('Fine.');
    expect(withoutFailures(part({ markdown: failures, failures })).markdown).toBe(failures);
    expect(withoutFailures(part({ markdown: 'Fine.' })).markdown).toBe('Fine.');
  });

  it('cannot move the cursor', async () => {
    const view = { render, rendered: false, color: false, width: 80, directoryOf };
    expect(await answerText(part({ markdown: 'a\x1b[2Jb', footer: '\x1b[1mx' }), view)).toBe('ab\n\nx\n');
  });
});
