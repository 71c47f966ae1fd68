import { expect, test } from 'vitest';
import { askEnvironment } from '../../src/agents/ask-environment.ts';
import { testTurn } from '../contracts/provider.ts';

test('A run is told its agent, conversation, session, turn, access and files, and carries the id of its ask', () => {
  const turn = testTurn({ askId: 'ask-7', attachments: [{ path: '/data/a b.png', type: 'image/png' }] });
  expect(askEnvironment({ PATH: '/bin' }, { OWN: 'x' }, turn)).toEqual({
    PATH: '/bin',
    OWN: 'x',
    TUTTI_AGENT: 'api',
    TUTTI_CONVERSATION: 'terminal:test',
    TUTTI_SESSION: turn.session,
    TUTTI_TURN: 'turn-1',
    TUTTI_ACCESS: 'read',
    TUTTI_ATTACHMENTS: '["/data/a b.png"]',
    TUTTI_ASK: 'ask-7',
  });
});

test('A session that is gone on with says so', () => {
  const turn = testTurn({ resume: 's-1', session: 's-1' });
  expect(askEnvironment({}, {}, turn)).toMatchObject({ TUTTI_SESSION: 's-1', TUTTI_RESUMED: '1' });
});

test("An agent's own variables go before the user's, and nothing before the id by which its processes are found", () => {
  const own = { LANG: 'de', TUTTI_ASK: 'none' };
  const environment = askEnvironment({ LANG: 'en' }, own, testTurn({ askId: 'ask-7' }), {
    TUTTI_PHASE: 'decide',
    TUTTI_ASK: '',
  });
  expect(environment).toMatchObject({ LANG: 'de', TUTTI_ASK: 'ask-7', TUTTI_PHASE: 'decide' });
});
