import { expect, it } from 'vitest';
import { askView, readSubmission } from '../../../src/adapters/slack/question-form.ts';

const sent = (value: unknown, view: object = askView({ channel: 'C1', thread: '1.000001', about: '2.000001' })) => ({
  ...view,
  id: 'V1',
  state: { values: { question: { question: { value } } } },
});

it('carries what it is about, so that it outlives a restart', () => {
  expect(readSubmission(sent(' why? '))).toEqual({
    ...{ id: 'V1', channel: 'C1', thread: '1.000001', about: '2.000001', question: 'why?' },
  });
  const older = { ...sent('why?'), private_metadata: '{"channel":"C1","thread":"1.000001"}' };
  expect(readSubmission(older)).toMatchObject({ about: '1.000001' });
  expect(readSubmission(sent(null))).toMatchObject({ question: '' });
});

it('is not mistaken for another', () => {
  expect(readSubmission({ ...sent('x'), callback_id: 'other' })).toBeNull();
  expect(readSubmission({ ...sent('x'), private_metadata: 'nonsense' })).toBeNull();
  expect(readSubmission('x')).toBeNull();
});
