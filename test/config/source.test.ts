import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/config/source.ts';

const text = `# a comment
agents:
  api:
    directory: ../api
    args:
      - one
      - two
  "web":  { directory: ../web }
shared: &shared
  - a
again: *shared
channels:
  123456789012345678: { follow: true }
`;

describe('parseSource', () => {
  it('knows the line of every key and list entry', () => {
    const { lineOf } = parseSource(text);
    expect(lineOf(['agents'])).toBe(2);
    expect(lineOf(['agents', 'api', 'directory'])).toBe(4);
    expect(lineOf(['agents', 'api', 'args', 1])).toBe(7);
    expect(lineOf(['agents', 'web', 'directory'])).toBe(8);
    expect(lineOf(['again', 0])).toBe(10);
    expect(lineOf(['channels', '123456789012345678', 'follow'])).toBe(13);
  });

  it('gives the line of what is above, where there is nothing', () => {
    const { lineOf } = parseSource(text);
    expect(lineOf(['agents', 'api', 'model'])).toBe(3);
    expect(lineOf(['nothing', 'at', 'all'])).toBe(2);
    expect(parseSource('').lineOf(['agents'])).toBe(1);
  });

  it('keeps numbers that are ids exact, as keys and as values', () => {
    const { value } = parseSource('123456789012345678: 876543210987654321\nsmall: 12\nhalf: 0.5\n');
    expect(value).toEqual({ '123456789012345678': 876543210987654321n, small: 12, half: 0.5 });
  });

  it('lets settings be shared by anchors and merge keys', () => {
    const { value } = parseSource('base: &base { a: 1 }\nfirst: { <<: *base, b: 2 }\n');
    expect(value).toMatchObject({ first: { a: 1, b: 2 } });
  });

  it.each([
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', 3],
    ['an unclosed bracket', 'a: 1\nb: [1, 2\n', 3],
    ['bad indentation', 'a:\n  b: 1\n c: 2\n', 3],
    ['a second document', 'a: 1\n---\nb: 2\n', 2],
    ['an unknown tag', 'a: 1\nb: !secret x\n', 2],
    ['an unknown alias', 'a: 1\nb: *nothing\n', 2],
  ])('names the line of %s', (_what, broken, line) => {
    const { problems } = parseSource(broken);
    expect(problems[0]).toMatchObject({ line, message: expect.stringContaining('not valid YAML') });
  });

  it('refuses an alias that leads to itself', () => {
    expect(parseSource('a: &a [ *a ]\n').problems).toHaveLength(1);
  });

  it('refuses aliases that multiply without end', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(10)}]`,
    );
    const { problems } = parseSource(['l0: &l0 [x]', ...levels].join('\n'));
    expect(problems[0]?.message).toContain('aliases');
  });
});
