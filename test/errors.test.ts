import { describe, expect, it } from 'vitest';
import { messageOf, UserError } from '../src/errors.ts';

describe('UserError', () => {
  it('carries a code, a sentence, and what to do next', () => {
    const cause = new Error('inner');
    const error = new UserError('no-agents', 'There is no agent.', { hint: 'Add one.', exit: 2, cause });
    expect(error).toMatchObject({
      name: 'UserError',
      code: 'no-agents',
      message: 'There is no agent.',
      hint: 'Add one.',
      exit: 2,
    });
    expect(error.cause).toBe(cause);
  });

  it('is a plain failure without advice where nothing else is said', () => {
    expect(new UserError('failed', 'It failed.')).toMatchObject({ hint: null, exit: 1 });
    expect('cause' in new UserError('failed', 'It failed.')).toBe(false);
  });
});

describe('messageOf', () => {
  it('makes a sentence of whatever was thrown, without a stack', () => {
    expect(messageOf(new Error('It broke.'))).toBe('It broke.');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(null)).toBe('null');
    expect(messageOf(new TypeError('wrong'))).not.toContain('errors.test');
  });
});
