import { describe, expect, it } from 'vitest';
import { conversationNamed, readRequest } from '../../../src/adapters/terminal/request.ts';

describe('the options for the program itself', () => {
  it('stand anywhere before two hyphens', () => {
    expect(readRequest(['ask', '--json', 'why', '--config', 'a.yaml', '--write', '--conversation=x'])).toEqual({
      ok: true,
      request: {
        config: 'a.yaml',
        conversation: 'x',
        format: 'json',
        version: false,
        help: false,
        words: ['ask', 'why', '--write'],
      },
    });
    expect(readRequest(['ask', '--', '--json', '--help'])).toMatchObject({
      request: { format: 'text', help: false, words: ['ask', '--', '--json', '--help'] },
    });
    expect(readRequest(['-h', '--version'])).toMatchObject({ request: { help: true, version: true, words: [] } });
    expect(readRequest(['--json', '--jsonl'])).toMatchObject({ request: { format: 'jsonl' } });
  });

  it('are not taken from words that only begin like them', () => {
    expect(readRequest(['ask', '--json is what?', '--jsonx'])).toMatchObject({
      request: { format: 'text', words: ['ask', '--json is what?', '--jsonx'] },
    });
  });

  it('need their values', () => {
    expect(readRequest(['--json', 'ask', 'x', '--config'])).toEqual({
      ok: false,
      message: '--config needs a value.',
      format: 'json',
    });
    expect(readRequest(['--config='])).toMatchObject({ ok: false });
    expect(readRequest(['ask', '--conversation', '', '--json'])).toMatchObject({ ok: false, format: 'json' });
    expect(readRequest(['ask', '--config', '--jsonl'])).toEqual({
      ok: false,
      message: '--config needs a value.',
      format: 'jsonl',
    });
  });
});

it('lets the surface be left out of a conversation', () => {
  expect(conversationNamed('x')).toBe('terminal:x');
  expect(conversationNamed('terminal:x')).toBe('terminal:x');
});
