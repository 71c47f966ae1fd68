import { z } from 'zod/mini';
import { didYouMean } from './suggest.ts';
import { parseDuration, parseSize } from './values.ts';

/**
 * The kinds of values that a configuration is made of. The message of an issue is what was expected there; of unknown keys, the keys
 * that there are.
 */

/** A timer of the platform cannot wait longer, and would end at once instead. */
const longestTimer = '24d';

export const text = z.string('text (a value that looks like a number or like true needs quotes)');
export const filledText = text.check(z.trim(), z.minLength(1, 'text that is not empty'));
export const flag = z.boolean('true or false');
export const texts = z.array(text, 'a list, as in [one, two]');
export const argv = z
  .array(text, 'a list: the program and its arguments')
  .check(z.minLength(1, 'a program and its arguments'));

export function wholeNumber(least: number, most?: number) {
  const expected = most === undefined ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`;
  const number = z.number(expected).check(z.int(expected), z.gte(least, expected));
  return most === undefined ? number : number.check(z.lte(most, expected));
}

export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, { error: ({ input }) => `one of ${values.join(', ')}${didYouMean(input, values)}` });
}

/** Text that `parse` can read. */
function parsed<Value>(expected: string, parse: (text: string) => Value | null) {
  return z.pipe(
    z.string(expected),
    z.transform((input: string, context) => {
      const value = parse(input);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: expected, input });
      return z.NEVER;
    }),
  );
}

export const timer = parsed(`a duration such as 30s, 5m, 2h or 7d, at most ${longestTimer}`, (input) => {
  const duration = parseDuration(input);
  return duration === null || duration === 0 || duration > (parseDuration(longestTimer) ?? 0) ? null : duration;
});
export const grace = parsed('a duration such as 0s, 10s or 5m', parseDuration);
export const size = parsed('a size such as 500KB or 20MB', parseSize);

/** Wrapped, because for ever is no number. */
export const period = z.pipe(
  parsed('a duration such as 30d, or forever', (input) => {
    if (input === 'forever') return { ms: null };
    const duration = parseDuration(input);
    return duration === null || duration === 0 ? null : { ms: duration };
  }),
  z.transform(({ ms }: { readonly ms: number | null }) => ms),
);

/** Discord's ids are numbers that JavaScript cannot hold; without quotes they arrive as a bigint. */
const id = z.pipe(
  z.union([z.string(), z.bigint(), z.number()], 'an id, as text'),
  z.transform((input: string | number | bigint) => String(input)),
);
export const ids = z.array(id, 'a list of ids');

export const address = z
  .string('an address')
  .check(
    z.refine((input) => /^https?:\/\/[^/]/.test(input) && URL.canParse(input), 'an address, as in https://host/path'),
  );

/** A mapping with these keys and no others. */
export function mapping<const Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys : `keys and values (${keys})`),
  });
}
