import { expect, it } from 'vitest';
import { commandText, terminalMessage } from '../../../src/adapters/terminal/message.ts';

const envelope = {
  id: 'm1',
  at: '2026-01-02T03:04:05.000Z',
  author: { id: 'me', name: 'me', isBot: false, roles: [] },
  conversation: 'terminal:x',
  from: 'repl',
} as const;

it('makes a message whose answer finds back to its conversation', () => {
  const message = terminalMessage(envelope, 'why?', null);
  expect(message).toMatchObject({ addressed: 'direct', text: 'why?', conversation: 'terminal:x' });
  expect(message.replyTo).toEqual({ surface: 'terminal', data: { conversation: 'terminal:x', request: 'm1' } });
  expect('command' in message).toBe(false);
});

it('carries a command beside its text', () => {
  const command = { name: 'stop', subcommand: null, args: {} };
  expect(terminalMessage(envelope, '/stop', command)).toMatchObject({ addressed: 'command', command });
});

it('writes words of a command line as somebody would type them', () => {
  expect(commandText(['history', 'search', 'rate "limits"', '--limit', '5', ''])).toBe(
    '/history search "rate \\"limits\\"" --limit 5 ""',
  );
});
