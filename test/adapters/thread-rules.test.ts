import { expect, it } from 'vitest';
import { type Heard, judge } from '../../src/adapters/thread-rules.ts';

const heard: Heard = {
  direct: false,
  command: false,
  mentionsTutti: false,
  mentionsAgent: false,
  mentionsOthers: false,
  mayRead: true,
  thread: null,
};
const thread = { follow: true, amongPeople: false };

it.each<[string, Partial<Heard>, string]>([
  ['a channel that talks about other things', {}, 'nothing'],
  ['a command in a channel, which another program may own', { command: true }, 'nothing'],
  ['an agent named in a channel', { mentionsAgent: true }, 'nothing'],
  ['a mention', { mentionsTutti: true }, 'mention'],
  ['a mention by somebody without rights, to be refused', { mentionsTutti: true, mayRead: false }, 'mention'],
  ['a command behind a mention', { mentionsTutti: true, command: true }, 'command'],
  ['a direct message', { direct: true }, 'direct'],
  ['a command in a direct message', { direct: true, command: true }, 'command'],
  ['a follow-up in a thread of ours', { thread }, 'thread'],
  ['one that somebody else is addressed in', { thread, mentionsOthers: true }, 'context'],
  ['one by somebody without rights', { thread, mayRead: false }, 'context'],
  ['one while people talk among themselves', { thread: { ...thread, amongPeople: true } }, 'context'],
  ['one where only mentions are taken', { thread: { ...thread, follow: false } }, 'context'],
  ['an agent named while people talk', { thread: { ...thread, amongPeople: true }, mentionsAgent: true }, 'mention'],
  [
    'an agent named where only mentions are taken',
    { thread: { ...thread, follow: false }, mentionsAgent: true },
    'mention',
  ],
  ['an agent named by somebody without rights', { thread, mentionsAgent: true, mayRead: false }, 'context'],
  ['a command in a thread of ours', { thread: { ...thread, amongPeople: true }, command: true }, 'command'],
  ['a command by somebody without rights', { thread, command: true, mayRead: false }, 'context'],
])('%s', (_, facts, verdict) => {
  expect(judge({ ...heard, ...facts })).toBe(verdict);
});
