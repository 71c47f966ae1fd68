import { expect, it } from 'vitest';
import { problemText } from '../../../src/adapters/terminal/problem-text.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';

it('says what went wrong and what to do, within the screen', () => {
  const problem = { message: 'There is no file a.png\x1b[2J.', hint: 'The path starts at the current directory.' };
  expect(problemText(problem, createStyle(false), 30)).toBe(
    '  ✗ There is no file a.png.\n    The path starts at the\n    current directory.\n\n',
  );
  expect(problemText({ message: 'It broke.', hint: null }, createStyle(false), 30)).toBe('  ✗ It broke.\n\n');
});
