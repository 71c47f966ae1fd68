import { expect, it } from 'vitest';
import { inboundOf, opensTurn } from '../../src/adapters/inbound.ts';
import { sampleCommands } from '../support/commands.ts';

const facts = {
  address: {
    ...{
      id: 'T:C:1',
      at: '2026-01-01T00:00:00.000Z',
      conversation: 'slack:T:C:1',
      team: 'T',
      channel: 'C',
      thread: '1',
    },
    ...{ user: 'U', announce: null, respond: null, fallback: null, earlier: null, ts: '1' },
  },
  replyTo: { surface: 'slack', data: { id: 'T:C:1' } },
  place: { surface: 'slack', workspace: 'T', channel: 'C', thread: '1', direct: false, private: false },
  author: { id: 'U', name: 'alice', isBot: false, roles: [] },
  addressed: 'mention' as const,
  text: '/ask why?',
  command: null,
  attachments: [],
};

it('is what the runtime takes, a question by its words', () => {
  expect(inboundOf(facts)).toMatchObject({ id: 'T:C:1', text: '/ask why?', replyTo: { surface: 'slack' } });
  expect('command' in inboundOf(facts)).toBe(false);
  const command = { name: 'ask', subcommand: null, args: { question: 'why?' } };
  expect(inboundOf({ ...facts, command })).toMatchObject({ text: 'why?', command });
});

it('knows what opens a turn', () => {
  const commands = sampleCommands.map((spec) => ({
    ...spec,
    kind: spec.name === 'ask' ? ('turn' as const) : ('immediate' as const),
  }));
  expect(opensTurn(null, commands)).toBe(true);
  expect(opensTurn({ name: 'ask', subcommand: null, args: {} }, commands)).toBe(true);
  expect(opensTurn({ name: 'stop', subcommand: null, args: {} }, commands)).toBe(false);
});
