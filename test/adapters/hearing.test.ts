import { describe, expect, it } from 'vitest';
import { askedFor, type Said, verdictOn } from '../../src/adapters/hearing.ts';
import { sampleCommands } from '../support/commands.ts';

const said: Said = {
  text: 'and the second?',
  bare: false,
  mentionsTutti: false,
  mentionsOthers: false,
  isReadable: true,
  thread: { conversation: 'c', heardOthers: false, amongPeople: false, taken: [] },
  place: { surface: 'chat', channel: 'C', direct: false, private: false },
  author: { id: 'alice', name: 'Alice', isBot: false, roles: [] },
};
const host = (options: { readonly may?: boolean; readonly follow?: boolean } = {}) => ({
  commands: sampleCommands,
  may: () => options.may ?? true,
  addresses: async (text: string) => text.includes('@api'),
  follows: async () => options.follow ?? true,
});

describe('whether a message is taken', () => {
  it('depends on its thread, on whom it mentions, and on what its author may', async () => {
    expect(await verdictOn(said, host())).toBe('thread');
    expect(await verdictOn(said, host({ follow: false }))).toBe('context');
    expect(await verdictOn(said, host({ may: false }))).toBe('context');
    expect(await verdictOn({ ...said, mentionsOthers: true }, host())).toBe('context');
    expect(await verdictOn({ ...said, isReadable: false }, host())).toBe('context');
    expect(await verdictOn({ ...said, text: '@api?' }, host({ follow: false }))).toBe('mention');
    expect(await verdictOn({ ...said, text: '/help' }, host({ follow: false }))).toBe('command');
    expect(await verdictOn({ ...said, thread: null }, host())).toBe('nothing');
    expect(await verdictOn({ ...said, thread: null, mentionsTutti: true }, host({ may: false }))).toBe('mention');
  });
});

describe('what a message asks for', () => {
  const plain = { bare: false, hasFiles: false };

  it('is a command or a question', () => {
    expect(askedFor('/help', plain, sampleCommands)).toMatchObject({ command: { name: 'help' } });
    expect(askedFor('why?', plain, sampleCommands)).toEqual({ command: null });
    expect(askedFor('', { ...plain, hasFiles: true }, sampleCommands)).toEqual({ command: null });
  });

  it('is said to be wrong in a sentence', () => {
    expect(askedFor(' ', plain, sampleCommands)).toMatchObject({ wrong: expect.stringContaining('Ask me something') });
    expect(askedFor('/hlep', plain, sampleCommands)).toMatchObject({ wrong: expect.stringContaining('Did you mean') });
  });
});
