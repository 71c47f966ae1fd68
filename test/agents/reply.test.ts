import { expect, test } from 'vitest';
import { createExcerpt } from '../../src/agents/excerpt.ts';
import { excerptLimit, maskedText, replyLimit, statusOf, stderrTail } from '../../src/agents/reply.ts';
import { createMask } from '../../src/mask.ts';

const secret = 'sk-1234567890-abcdefgh';
const mask = createMask([{ name: 'API_KEY', value: secret }]);

function said(...parts: readonly string[]) {
  const excerpt = createExcerpt(excerptLimit);
  for (const part of parts) excerpt.add(part);
  return excerpt;
}

test('A reply within the limit is whole, with its secrets masked', () => {
  expect(maskedText(said('key: ', secret, '.'), mask)).toEqual({ text: 'key: [API_KEY].', truncated: false });
});

test('Of a longer one the first and the last half stand, and what is left out is counted', () => {
  const { text, truncated } = maskedText(said('begin ', 'x'.repeat(3_000_000), ' end'), mask);
  expect(truncated).toBe(true);
  expect(text.startsWith('begin xxx')).toBe(true);
  expect(text.endsWith('xxx end')).toBe(true);
  expect(text).toContain('characters left out');
  expect(text.length).toBeLessThan(replyLimit + 200);
});

test.each([0, 1, 5, 11, 20])(
  'A secret that lies across a cut leaves no part of itself (%i characters before it)',
  (before) => {
    const half = replyLimit / 2;
    const head = `${'x'.repeat(half - before)}${secret}`;
    const tail = `${secret}${'y'.repeat(half - before)}`;
    for (const middle of [0, 1000, 2_000_000]) {
      const { text } = maskedText(said(head, 'm'.repeat(middle), tail), mask);
      expect(text).not.toContain('1234567890');
      expect(text).not.toContain('sk-1');
      expect(text).not.toContain('abcdefgh');
    }
  },
);

test('Masking that shortens a text by far does not bring its raw cut into sight', () => {
  const long = 'k'.repeat(4000);
  const short = createMask([{ name: 'K', value: long }]);
  const { text } = maskedText(said(`${long} `.repeat(1000)), short);
  expect(text).not.toContain('kk');
});

test('A text that grows only by a little over the limit is cut as well', () => {
  const { truncated } = maskedText(said('x'.repeat(replyLimit + 10)), mask);
  expect(truncated).toBe(true);
});

test('Of stderr the last lines are shown, masked', () => {
  expect(stderrTail('', mask)).toBeNull();
  expect(stderrTail(`using ${secret}\n`, mask)).toBe('using [API_KEY]');
  const long = stderrTail(`${'a line of words\n'.repeat(1000)}the last`, mask);
  expect(long?.endsWith('the last')).toBe(true);
  expect(long?.startsWith('a line of words\n')).toBe(true);
  expect(long?.length).toBeLessThan(2001);
});

test('A time that is over and a stop by a person are no ordinary failures', () => {
  expect(
    ['timed-out', 'silent', 'cancelled', 'crashed', 'quota'].map((reason) => statusOf(reason as 'crashed')),
  ).toEqual(['timed-out', 'timed-out', 'stopped', 'failed', 'failed']);
});
