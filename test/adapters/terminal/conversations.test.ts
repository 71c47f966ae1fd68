import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/adapters/adapter.ts';
import { createConversations } from '../../../src/adapters/terminal/conversations.ts';
import type { AdoptedTurn, TerminalHost } from '../../../src/adapters/terminal/host.ts';
import type { Context } from '../../../src/adapters/terminal/mode.ts';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import type { Transcripts } from '../../../src/adapters/terminal/transcript.ts';
import { UserError } from '../../../src/errors.ts';
import { sampleCommands } from '../../support/commands.ts';
import { part, recorder } from '../../support/terminal-host.ts';

function start(options: { readonly refuse?: string; readonly adopted?: readonly AdoptedTurn[] } = {}) {
  const printed: string[] = [];
  const received: InboundMessage[] = [];
  const { stream } = recorder({ isTTY: true, columns: 60 });
  let ids = 0;
  const context: Context = {
    input: process.stdin,
    output: createOutput(stream),
    error: createOutput(stream),
    outputStream: stream,
    request: { config: null, conversation: null, format: 'text', version: false, help: false, words: [] },
    author: { id: 'me', name: 'me', isBot: false, roles: [] },
    conversation: 'terminal:a',
    color: false,
    render: async (markdown) => markdown,
    places: { directory: '/', home: '/' },
    now: () => new Date(0),
    clock: () => 0,
    newId: () => `m${++ids}`,
  };
  const transcripts: Transcripts = {
    print: async (conversation, text) => void printed.push(`${conversation.slice(9)}: ${text.trim()}`),
    show: async (conversation) => void printed.push(`shown ${conversation.slice(9)}`),
    close: () => undefined,
  };
  const conversations = createConversations({
    context,
    transcripts,
    style: createStyle(false),
    changed: () => undefined,
    host: Promise.resolve<TerminalHost>({
      attachments: { maxBytes: 0, types: [] },
      historyFile: null,
      mask: (text) => text,
      commands: sampleCommands.map((spec) => (spec.name === 'ask' ? { ...spec, kind: 'turn' } : spec)),
      async receive(message) {
        if (message.text === options.refuse) throw new UserError('queue-full', 'Too many wait.', { hint: 'Wait.' });
        received.push(message);
        return { turnId: 'x', repeated: false };
      },
      complete: async () => [],
      directoryOf: () => null,
      banner: () => ({ version: '', agents: [], moderator: null, notices: [], suggestion: null, following: [] }),
      waitingElsewhere: () => null,
      endNow: () => {},
      stop: async () => false,
      adopt: async () => options.adopted ?? [],
    }),
  });
  const questions = () => conversations.desk.tabs[0].turns.map(({ question }) => question);
  return { conversations, printed, received, questions };
}
const address = (request: string) => ({ conversation: 'terminal:a', request });

describe('questions of one conversation', () => {
  it('are shown one by one, each above its answer', async () => {
    const { conversations, printed, questions } = start();
    await conversations.send('first?', null, []);
    await conversations.send('second?', null, []);
    expect([printed, questions()]).toEqual([['a: › first?'], ['first?', 'second?']]);
    await conversations.post(address('m1'), part({ markdown: 'One.' }));
    expect([printed, questions()]).toEqual([['a: › first?', 'a: One.', 'a: › second?'], ['second?']]);
  });

  it('wait for each other also when they are asked with a command; other commands do not', async () => {
    const { conversations, printed, questions } = start();
    const call = (name: string) => ({ name, subcommand: null, args: {} });
    await conversations.send('first?', null, []);
    await conversations.send('/ask second?', call('ask'), []);
    await conversations.send('/stop', call('stop'), []);
    expect([printed, questions()]).toEqual([
      ['a: › first?', 'a: › /stop'],
      ['first?', '/ask second?'],
    ]);
  });

  it('make room when they are refused', async () => {
    const { conversations, printed, questions } = start({ refuse: 'first?' });
    await conversations.send('first?', null, []);
    expect([printed, questions()]).toEqual([['a: › first?', 'a: ✗ Too many wait.\n    Wait.'], []]);
  });

  it('carry their files', async () => {
    const { conversations, received } = start();
    const file = { name: 'a.png', path: '/a.png', type: 'image/png', bytes: 1 };
    await conversations.send('what is this?', null, [file]);
    expect(received[0]?.attachments).toEqual([file]);
  });
});

describe('what dead processes left', () => {
  it('is shown with its question, and is no answer to a command', async () => {
    const adopted = [{ turnId: 'old', conversation: 'terminal:a', question: 'before?' }];
    const { conversations, printed, questions } = start({ adopted });
    await conversations.open('terminal:a');
    await conversations.send('/stop', { name: 'stop', subcommand: null, args: {} }, []);
    await conversations.post(address('m1'), part({ kind: 'command', turnId: 'new', markdown: 'Stopped.' }));
    expect(questions()).toEqual(['before?']);
    await conversations.post(address('gone'), part({ turnId: 'old', markdown: 'After.' }));
    expect([printed, questions()]).toEqual([['a: › before?', 'a: › /stop', 'a: Stopped.', 'a: After.'], []]);
  });
});

it('counts what comes while another conversation is shown', async () => {
  const { conversations, printed } = start();
  await conversations.send('first?', null, []);
  await conversations.open('terminal:b');
  await conversations.post(address('m1'), part({ markdown: 'One.' }));
  expect(conversations.desk.tabs.map(({ unread }) => unread)).toEqual([1, 0]);
  await conversations.show(0);
  expect(conversations.desk.tabs.map(({ unread }) => unread)).toEqual([0, 0]);
  expect(printed.at(-1)).toBe('shown a');
  await conversations.show(1);
  await conversations.close();
  expect(conversations.desk.tabs.map(({ name }) => name)).toEqual(['a']);
});
