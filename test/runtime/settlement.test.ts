import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { TurnRecord } from '../../src/ledger/ledger.ts';
import { emptyResult, exitOf, resultOf, settle, settleError } from '../../src/runtime/settlement.ts';
import { messageOf } from '../support/surface.ts';

const turn = { id: 't1', message: messageOf('why?') } as TurnRecord;
const tail = { partId: 'p', footer: null, data: null };

test('every state has its exit and its words', () => {
  expect(
    ['answered', 'partial', 'clarify', 'failed', 'stopped', 'timed-out'].map((status) => exitOf(status as 'answered')),
  ).toEqual([0, 3, 3, 1, 130, 5]);
  const said = (status: 'failed' | 'stopped' | 'timed-out') =>
    settle(emptyResult(turn, 'why?', status, 'by alice'), tail).parts[0]?.markdown;
  expect([said('failed'), said('stopped'), said('timed-out')]).toEqual([
    'by alice',
    'Stopped: by alice',
    'Out of time: by alice',
  ]);
});

test('a result carries the answer and nothing of the inside', () => {
  const answer = {
    status: 'answered',
    reason: null,
    markdown: 'so',
    partial: false,
    rounds: [],
    citations: [],
    disagreements: [],
    unanswered: [],
    usage: null,
    failures: null,
    mindUsage: null,
  } as const;
  expect(resultOf(turn, 'why?', answer)).toEqual({
    turnId: 't1',
    conversation: 'slack:C1:',
    question: 'why?',
    answer: 'so',
    status: 'answered',
    reason: null,
    partial: false,
    rounds: [],
    citations: [],
    disagreements: [],
    unanswered: [],
    usage: null,
  });
});

test('an error is settled in the form that scripts read, with its own exit', () => {
  const { result, parts } = settleError(
    turn,
    'why?',
    new UserError('denied', 'You may not.', { hint: 'Ask.', exit: 4 }),
    'p',
  );
  expect(result).toMatchObject({ status: 'failed', reason: 'You may not.' });
  expect(parts).toMatchObject([
    {
      kind: 'error',
      exit: 4,
      markdown: 'You may not. Ask.',
      data: { error: { code: 'denied', message: 'You may not.', hint: 'Ask.' } },
    },
  ]);
});
