import { describe, expect, it } from 'vitest';
import { chunksOf } from '../../src/search/chunks.ts';

const body = (name: string) => Array.from({ length: 12 }, (_, index) => `  ${name}(${index});`).join('\n');

describe('chunksOf', () => {
  it('covers every line once', () => {
    const text = Array.from({ length: 500 }, (_, index) => (index % 7 === 0 ? '' : `line ${index}`)).join('\n');
    const chunks = chunksOf('a.ts', text);
    expect(chunks[0]?.line).toBe(1);
    for (const [index, chunk] of chunks.entries()) {
      const next = chunks[index + 1];
      expect(chunk.endLine).toBeGreaterThanOrEqual(chunk.line);
      if (next !== undefined) expect(next.line).toBeGreaterThan(chunk.endLine);
    }
    expect(chunks.flatMap((chunk) => chunk.code.split('\n'))).toEqual(text.split('\n'));
  });

  it('keeps a definition and the comment above it together, under its name', () => {
    const text = `export function first() {\n${body('first')}\n}\n\n/** Waits for the server. */\nexport function second() {\n${body('second')}\n}\n`;
    const [, second] = chunksOf('a.ts', text);
    expect(second).toMatchObject({ title: 'second', symbols: 'second', prose: '/** Waits for the server. */' });
    expect(second?.code).toContain('second(11)');
  });

  it.each([
    [
      'a.py',
      'import os\n\ndef load_settings(path):\n    """Read them from disk."""\n    return os.open(path)\n',
      'load_settings',
      'Read them',
    ],
    [
      'a.go',
      'package a\n\n// Dial opens a line.\nfunc (c *Client) Dial() error {\n\treturn nil\n}\n',
      'Dial',
      'opens a line',
    ],
    ['a.rs', '/// Opens a line.\npub fn dial(&self) -> Result<()> {\n}\n', 'dial', 'Opens a line'],
    ['a.rb', '# Opens a line.\ndef dial(number)\nend\n', 'dial', 'Opens a line'],
  ])('finds names and comments in %s', (path, text, symbol, prose) => {
    const chunks = chunksOf(path, text);
    expect(chunks.map((chunk) => chunk.symbols).join(' ')).toContain(symbol);
    expect(chunks.map((chunk) => chunk.prose).join(' ')).toContain(prose);
    expect(chunks.map((chunk) => chunk.code).join(' ')).not.toContain(prose);
  });

  it('cuts documents at their headings and names passages by them', () => {
    const chunks = chunksOf(
      'README.md',
      '# Tool\n\nWhat it is.\n\n## Retries\n\nIt tries again.\n\n```sh\n# no heading\n```\n',
    );
    expect(chunks.map((chunk) => chunk.title)).toEqual(['Tool', 'Retries']);
    expect(chunks[1]?.code).toContain('# no heading');
  });

  it('takes no control word for a name', () => {
    const text = 'function run() {\n  if (ready) {\n    return;\n  }\n  while (true) {\n  }\n}\n';
    expect(chunksOf('a.js', text).map((chunk) => chunk.symbols)).toEqual(['run']);
  });
});
