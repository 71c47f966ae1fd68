import { expect, test } from 'vitest';
import { answerSoFar } from '../../src/moderator/answer-so-far.ts';

const whole = JSON.stringify({
  next: 'answer',
  markdown: 'One "quoted" line\nand a \\ with ü and \u2028.',
  unanswered: [],
});

test('every beginning of a decision shows a beginning of its answer, and the whole shows all of it', () => {
  const answer = 'One "quoted" line\nand a \\ with ü and \u2028.';
  for (let length = 0; length <= whole.length; length += 1) {
    const shown = answerSoFar(whole.slice(0, length));
    if (shown !== null) expect(answer.startsWith(shown)).toBe(true);
  }
  expect(answerSoFar(whole)).toBe(answer);
});

test('escapes that are cut in the middle are waited for', () => {
  expect(answerSoFar('{"next":"answer","markdown":"a\\u00f')).toBe('a');
  expect(answerSoFar('{"next":"answer","markdown":"a\\')).toBe('a');
});

test('what is no answer shows nothing', () => {
  expect(answerSoFar('{"next":"ask","reason":"markdown"')).toBeNull();
  expect(answerSoFar('{"next":"clarify","question":"which?"}')).toBeNull();
  expect(answerSoFar('{"next":"answer"')).toBeNull();
});
