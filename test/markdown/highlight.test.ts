import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { highlight } from '../../src/markdown/highlight.ts';
import { plainText } from '../../src/markdown/spans.ts';

/** Each piece that has a style, as `style:text`. */
function styled(code: string, language: string): readonly string[] {
  return (highlight(code, language) ?? []).flatMap(({ text, styles }) =>
    styles.length === 0 ? [] : [`${styles.join('+')}:${text}`],
  );
}

describe('code in colours', () => {
  it('tells keywords, strings, numbers and comments', () => {
    expect(styled("const a = 'b' + 12; // c", 'js')).toEqual([
      'keyword:const',
      "string:'b'",
      'number:12',
      'comment:// c',
    ]);
    expect(styled('def f():\n    return None  # c', 'py')).toEqual([
      ...['keyword:def', 'code:f', 'keyword:return', 'keyword:None', 'comment:# c'],
    ]);
    expect(styled('- old\n+ new\n', 'diff')).toEqual(['removed:- old', 'string:+ new']);
  });

  it('leaves code inside a string to its own colours', () => {
    expect(styled(`\`x\${1 + b}y\``, 'ts')).toEqual(['string:`x', 'number:1', 'string:y`']);
  });

  it('knows the usual names of a language, and says of others that it does not', () => {
    for (const name of ['ts', 'TypeScript', 'sh', 'yml', 'html', 'c++', 'toml'])
      expect(highlight('x', name)).not.toBeNull();
    for (const name of ['', 'nothing', 'constructor']) expect(highlight('x', name)).toBeNull();
  });

  it('leaves lines alone that nobody wrote', () => {
    expect(highlight('x'.repeat(249), 'ts')).not.toBeNull();
    expect(highlight(`a\n${'x'.repeat(250)}`, 'ts')).toBeNull();
  });

  it('changes no character, whatever the code holds', () => {
    const source = readFileSync(new URL(import.meta.url), 'utf8');
    const hostile = '<span class="x">&lt;&amp;</span> "\'` ${ /* </span> é👍 \n\n  ';
    for (const code of [source, hostile])
      for (const language of ['ts', 'xml', 'bash', 'css', 'diff', 'json', 'php'])
        expect(plainText(highlight(code, language) ?? [])).toBe(code);
  });
});
