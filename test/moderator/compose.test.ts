import { expect, test } from 'vitest';
import { composeAnswer, composeReplies, describeFailure, failedAgents } from '../../src/moderator/compose.ts';
import type { AnsweredAsk, Round } from '../../src/moderator/moderator.ts';
import { answeredOutcome, failedOutcome } from '../support/moderated.ts';

function planned(agent: string) {
  return { id: agent, agent, prompt: 'what?', access: 'read', after: [], final: false } as const;
}

function answered(agent: string, text: string): AnsweredAsk {
  return { ...planned(agent), outcome: answeredOutcome(planned(agent), text) };
}

function failed(agent: string, message: string, reason = 'crashed'): AnsweredAsk {
  return { ...planned(agent), outcome: failedOutcome(planned(agent), reason, message) };
}

function rounds(...asks: readonly (readonly AnsweredAsk[])[]): readonly Round[] {
  return asks.map((list, index) => ({ number: index + 1, reason: null, asks: list }));
}

test('disagreements and open points stand below the answer', async () => {
  const text = await composeAnswer({
    next: 'answer',
    markdown: 'It depends [1].',
    disagreements: [
      {
        topic: 'the skew',
        positions: [
          { agent: 'api', claim: '30 s [api:a.ts:1]' },
          { agent: 'web', claim: '60 s' },
        ],
      },
    ],
    unanswered: ['production', 'staging'],
  });
  expect(text).toBe(
    'It depends [1].\n\nThey disagree on the skew: api says 30 s [api:a.ts:1]; web says 60 s.\n\nNot answered: production; staging.',
  );
});

test('replies stand as they came, each under its agent', () => {
  const text = composeReplies(
    rounds([answered('api', 'one\n\ntwo'), failed('web', 'broke')], [answered('api', 'three')]),
  );
  expect(text).toBe('## api (1 of 2)\n\n> one\n>\n> two\n\n## api (2 of 2)\n\n> three');
  expect(composeReplies(rounds([failed('web', 'broke')]))).toBeNull();
});

test('agents are named with the reason of their last failure, unless they answered after it', () => {
  const list = rounds(
    [failed('api', 'codex is not signed in. Run `codex login`.'), failed('web', 'first'), answered('worker', 'yes')],
    [answered('api', 'now yes'), failed('web', 'second')],
  );
  expect(failedAgents(list)).toBe('Without an answer: web (second).');
  expect(failedAgents(rounds([answered('api', 'yes')]))).toBeNull();
});

test('a failure without words still says what it was', () => {
  expect(describeFailure(failed('api', ''))).toBe('api (failed)');
  const ask = failed('api', 'no output for 15 m');
  const result = { ...ask.outcome.result, status: 'timed-out' as const };
  expect(describeFailure({ ...ask, outcome: { ...ask.outcome, result } })).toBe('api (timed out: no output for 15 m)');
});

test('what a provider said cannot break out of the sentence', () => {
  const said = describeFailure(
    failed(
      'api',
      '\u001b[2Jbad\n\n# heading [1]: https://x.example <!-- ``open `span` <b> \u202eevil '.padEnd(2_000, 'x'),
    ),
  );
  expect(said).not.toMatch(/[\n\u001b\u202e[\]]/);
  expect(said).toContain('\\<!--');
  expect(said.length).toBeLessThan(400);
  expect(describeFailure(failed('api', 'unexpected ` here'))).toBe("api (unexpected ' here)");
  expect(describeFailure(failed('api', 'Run `codex login`, then /retry.'))).toBe(
    'api (Run `codex login`, then /retry)',
  );
});
