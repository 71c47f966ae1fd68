import { describe, expect, it } from 'vitest';
import { isJoined, opens, readMention } from '../../src/markdown/mention.ts';

const targets = { agents: [{ name: 'api', branches: ['fix'] }], groups: [] };

describe('readMention', () => {
  it('reads the name and the worktree after an @', () => {
    expect(readMention('ask @api/fix.', 4, 13, targets)).toEqual({
      kind: 'agent',
      name: 'api',
      branch: 'fix',
      start: 4,
      end: 12,
    });
  });

  it('reads no further than it may', () => {
    expect(readMention('@api/fix', 0, 4, targets)).toMatchObject({ name: 'api', branch: null, end: 4 });
  });

  it('finds nothing in a name longer than any name', () => {
    expect(readMention(`@${'a'.repeat(300)}`, 0, 301, targets)).toBeNull();
  });
});

describe('what stands before a mention', () => {
  it.each(['bob', 'path/', 'é', '\\', '@', '_'])('belongs to an address, a path or an escape after %s', (before) => {
    expect(isJoined(before)).toBe(true);
  });

  it.each(['', ' ', '(', '请', 'の', '.'])('leaves it a mention after %o', (before) => {
    expect(isJoined(before)).toBe(false);
  });

  it('is nothing but space and emphasis where it opens the message', () => {
    expect(opens('  **@api', { start: 4 })).toBe(true);
    expect(opens('- @api', { start: 2 })).toBe(false);
  });
});
