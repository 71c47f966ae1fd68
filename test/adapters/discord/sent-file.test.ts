import { expect, it } from 'vitest';
import { attached } from '../../../src/adapters/discord/sent-file.ts';

it('goes with a message as bytes, where there is one', () => {
  expect(attached(undefined)).toEqual({});
  expect(attached({ name: 'a.md', content: 'é' })).toEqual({ files: [{ name: 'a.md', data: Buffer.from('é') }] });
});
