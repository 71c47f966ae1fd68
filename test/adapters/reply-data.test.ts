import { expect, it } from 'vitest';
import { replyData } from '../../src/adapters/reply-data.ts';

it('leaves out what is not there, and keeps what is empty', () => {
  expect(replyData({ channel: 'C1', thread: null, text: '' })).toEqual({ channel: 'C1', text: '' });
});
