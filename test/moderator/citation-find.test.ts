import { describe, expect, it } from 'vitest';
import { findCitations, readCitations } from '../../src/moderator/citation-find.ts';

const known = ['api', 'api/feature-x', 'web', 'Big'];

function places(markdown: string, agent: string | null = null): readonly string[] {
  return findCitations(markdown, { known, agent }).citations.map(({ place: { agent: name, path, line, endLine } }) =>
    [name, path, line, endLine].filter((part) => part !== null).join(' '),
  );
}

/** The source as it is when every citation is numbered 1. */
function numbered(markdown: string, agent: string | null = null): string {
  const { citations } = findCitations(markdown, { known, agent });
  return citations
    .toReversed()
    .reduce(
      (text, { start, end, before, after }) => `${text.slice(0, start)}${before}[1]${after}${text.slice(end)}`,
      markdown,
    );
}

describe('findCitations in an answer of the mind', () => {
  it.each([
    ['It is so [api:src/auth.ts:42].', ['api src/auth.ts 42']],
    ['[api:src/auth.ts:42-57]', ['api src/auth.ts 42 57']],
    ['[api/feature-x:src/auth.ts:42]', ['api/feature-x src/auth.ts 42']],
    ['[api] [web]', ['api', 'web']],
    ['[api:src/auth.ts:1][web:a.ts:2]', ['api src/auth.ts 1', 'web a.ts 2']],
    ['[@api:src/auth.ts:42]', ['api src/auth.ts 42']],
    ['[API:src/auth.ts:42]', ['api src/auth.ts 42']],
    ['[api:app/[slug]/page.tsx:3]', ['api app/[slug]/page.tsx 3']],
    ['[api:src/__tests__/a_b_.ts:3] and *more* of_it_', ['api src/__tests__/a_b_.ts 3']],
    ['[api:src/auth.ts]', ['api src/auth.ts']],
    ['[api/nope:src/a.ts:1]', ['api/nope src/a.ts 1']],
    ['**bold [api:a.ts:1]** _[web]_', ['api a.ts 1', 'web']],
    [
      '# Head [api]\n\n- item [web]\n\n| a |\n| - |\n| [api:a.ts:1] |\n\n> quoted [web:b.ts:2]',
      ['api', 'web', 'api a.ts 1', 'web b.ts 2'],
    ],
    ['[see [api:a.ts:1]](https://example.com)', ['api a.ts 1']],
    ['![api:a.ts:1](https://example.com/x.png)', ['api a.ts 1']],
  ])('finds those in %s', (markdown, expected) => {
    expect(places(markdown)).toEqual(expected);
  });

  it.each([
    '`[api:src/auth.ts:42]`',
    '```\n[api:src/auth.ts:42]\n```',
    '    [api:src/auth.ts:42]',
    '\\[api:src/auth.ts:42]',
    '<!-- [api:src/auth.ts:42] -->',
    '<b title="[api:src/auth.ts:42]">',
    '[backend:src/auth.ts:42]',
    '[1] [x] [TODO] [API] [apis] [api: see below] [api/feature-x/more]',
    '- [ ] task\n- [x] done',
    '[api](https://example.com/docs)',
    'array[0] and src/auth.ts:42',
    '[api:src/auth.ts:42',
    '[api:src/\nauth.ts:42]',
    'api:src/auth.ts:42',
    '',
  ])('finds none in %s', (markdown) => {
    expect(places(markdown)).toEqual([]);
  });

  it('finds them also where a definition is named like them', () => {
    const markdown =
      'It is [api:a.ts:1] and [web].\n\n[api:a.ts:1]: https://evil.example\n[web]: https://evil.example "t"\n';
    expect(places(markdown)).toEqual(['api a.ts 1', 'web', 'api a.ts 1', 'web']);
  });

  it('knows where definitions of numbers stand', () => {
    const markdown = 'x\n\n[1]: https://evil.example\n> [ 22 ]: https://evil.example\n\n`[3]: code`';
    const { escapes } = findCitations(markdown, { known, agent: null });
    expect(escapes.map((at) => markdown.slice(0, at).split('\n').at(-1))).toEqual(['[1]', '> [ 22 ]']);
    expect(escapes.every((at) => markdown[at] === ':')).toBe(true);
  });

  it.each([
    ['[api:a.ts:1](https://evil.example)', '[1]\\(https://evil.example)'],
    ['[api:a.ts:1][evil]\n', '[1]\\[evil]\n'],
    ['[api:a.ts:1]: https://evil.example', '[1]\\: https://evil.example'],
    ['[api:a.ts:1][web]', '[1][1]'],
    ['[api:a.ts:1].', '[1].'],
  ])('keeps the number of %s from being a link', (markdown, expected) => {
    expect(numbered(markdown)).toBe(expected);
  });
});

describe("findCitations in an agent's own reply", () => {
  it.each([
    ['It is in src/auth.ts:42.', ['api src/auth.ts 42'], 'It is in [1].'],
    ['See `src/auth.ts:42-57` there', ['api src/auth.ts 42 57'], 'See [1] there'],
    ['See ``src/auth.ts:42``', ['api src/auth.ts 42'], 'See [1]'],
    ['(src/auth.ts:42)', ['api src/auth.ts 42'], '([1])'],
    ['[src/auth.ts:42]', ['api src/auth.ts 42'], '[1]'],
    ['`at foo (src/a.ts:4:1)` and on', ['api src/a.ts 4'], '`at foo (src/a.ts:4:1)` [1] and on'],
    ['`a.ts:1 b.ts:2`(x)', ['api a.ts 1', 'api b.ts 2'], '`a.ts:1 b.ts:2` [1] [1]\\(x)'],
    ['[the check](src/a.ts#L4)', ['api src/a.ts 4'], 'the check [1]'],
    ['[src/a.ts:4](/home/me/src/a.ts#L4)', ['api /home/me/src/a.ts 4'], '[1]'],
    ['[`a.ts:4`](a.ts:4)', ['api a.ts 4'], '[1]'],
    ['[web:x.ts:1] and a.ts:2', ['web x.ts 1', 'api a.ts 2'], '[1] and [1]'],
    [
      '**title** `src/a.ts:4-9`\n\n```ts\nsrc/b.ts:4\n```',
      ['api src/a.ts 4 9'],
      '**title** [1]\n\n```ts\nsrc/b.ts:4\n```',
    ],
    ['[a.ts:1](https://example.com/x.ts:9)', ['api a.ts 1'], '[[1]](https://example.com/x.ts:9)'],
  ])('finds those in %s', (markdown, expected, shown) => {
    expect(places(markdown, 'api')).toEqual(expected);
    expect(numbered(markdown, 'api')).toBe(shown);
  });

  it.each([
    'https://example.com/a.ts:42',
    '<https://example.com/a.ts:42>',
    '[x](https://example.com/a.ts:42)',
    'bob@example.com',
    '12:30',
    '```\na.ts:1\n```',
  ])('finds none in %s', (markdown) => {
    expect(places(markdown, 'api')).toEqual([]);
  });

  it('doubts what may be a host and its port', () => {
    const { citations } = findCitations('example.com:443 and a.ts:1 and [api:example.com:443]', {
      known,
      agent: 'api',
    });
    expect(citations.map((each) => each.doubtful)).toEqual([true, false, false]);
  });
});

describe('readCitations', () => {
  it('finds the same in an answer too long for this thread', async () => {
    const markdown = `${'Words and **more** words.\n\n'.repeat(1_000)}[api:a.ts:1] and b.ts:2`;
    const options = { known, agent: 'api' };
    expect(await readCitations(markdown, options)).toEqual(findCitations(markdown, options));
    await expect(readCitations(markdown, options, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
