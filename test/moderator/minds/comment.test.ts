import { expect, test } from 'vitest';
import { bestParagraph } from '../../../src/moderator/minds/comment.ts';
import { rolesOf } from '../../../src/search/definitions.ts';
import { languageOf } from '../../../src/search/kinds.ts';
import { createAnalyzer } from '../../../src/search/terms.ts';

function said(
  text: string,
  words: readonly string[],
  {
    path = 'a.ts',
    shown = null,
  }: { readonly path?: string; readonly shown?: { start: number; end: number } | null } = {},
): string | null {
  const lines = text.split('\n');
  const wanted = new Map(words.map((word) => [word, 1]));
  return bestParagraph(lines, rolesOf(lines, languageOf(path)), shown, { analyzer: createAnalyzer(), wanted });
}

test('the whole comment is kept, and not what its tags describe', () => {
  const text = `/**
 * Closes the door.
 *
 * It waits, because somebody may stand in it.
 *
 * @param door which one
 */
close(door);`;
  expect(said(text, ['door'])).toBe('Closes the door. It waits, because somebody may stand in it.');
});

test('of a long comment the sentences around the one that fits best', () => {
  const filler = Array.from({ length: 30 }, (_, index) => `// This line number ${index} says nothing of use.`);
  const text = [...filler, '// The door is closed at night.', '// That keeps the cat in.', ...filler].join('\n');
  const found = said(text, ['door']) ?? '';
  expect(found).toContain('The door is closed at night. That keeps the cat in.');
  expect(found.length).toBeLessThanOrEqual(602);
});

test('a comment right above the lines that are shown comes before one elsewhere', () => {
  const text = '// A door is there too.\n\nother();\n// This door squeaks a lot.\nclose(door);';
  expect(said(text, ['door'], { shown: { start: 4, end: 5 } })).toBe('This door squeaks a lot.');
});

test('a comment elsewhere is said only where it speaks to the question by itself', () => {
  const text = 'closeDoor(catFlap, garden);\n\nother();\n// The garden is green.';
  const shown = { start: 0, end: 1 };
  expect(said(text, ['door', 'cat', 'garden'], { shown })).toBeNull();
  expect(said(`${text} The cat too.`, ['door', 'cat', 'garden'], { shown })).toContain('The cat too.');
});

test('what is shown already is not said again', () => {
  const text = '// This door squeaks a lot.\nclose(door);';
  expect(said(text, ['door'], { shown: { start: 0, end: 2 } })).toBeNull();
});

test('pictures, tags of HTML and notes to tools say nothing', () => {
  expect(said('[![door](https://x.example/door.svg)](https://x.example)', ['door'], { path: 'a.md' })).toBeNull();
  expect(said('# The <b>door</b> of the house', ['door'], { path: 'a.md' })).toBe('The door of the house');
  expect(said('//# sourceMappingURL=door.js.map', ['door'])).toBeNull();
});

test('an excerpt may begin in the midst of a comment', () => {
  expect(said(' * The door is closed at night.\n */\nclose();', ['door'])).toBe('The door is closed at night.');
});

test('links of a documentation tool are read as their words, also over two lines', () => {
  const text = `/**
 * Every door has an alias, see {@link https://doors.example/#all
 * the list}, {@link Door} and {@link Gate|gates}.
 */`;
  expect(said(text, ['door'])).toBe('Every door has an alias, see the list, Door and gates.');
});
