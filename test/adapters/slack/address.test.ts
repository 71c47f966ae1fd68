import { expect, it } from 'vitest';
import {
  readAddress,
  type SlackAddress,
  threadKey,
  timeOf,
  writeAddress,
} from '../../../src/adapters/slack/address.ts';

const address: SlackAddress = {
  ...{
    id: 'T:C:1.000002',
    at: '2026-01-01T00:00:00.000Z',
    conversation: 'slack:T:C:1.000001',
    team: 'T',
    channel: 'C',
  },
  ...{
    thread: '1.000001',
    user: 'U',
    announce: null,
    respond: null,
    fallback: null,
    earlier: 'new',
    ts: '1.000002',
    pressed: null,
    about: '2.000001',
  },
};

it('survives being written down', () => {
  const written = writeAddress(address);
  expect(readAddress(JSON.parse(JSON.stringify(written)))).toEqual(address);
  expect(Object.values(written.data).every((value) => typeof value === 'string')).toBe(true);
  expect(readAddress({ surface: 'slack', data: {} })).toMatchObject({ thread: null, earlier: null });
});

it('knows times and threads', () => {
  expect(timeOf('1767225600.123456')).toBe('2026-01-01T00:00:00.123Z');
  expect(timeOf('nonsense')).toBe('1970-01-01T00:00:00.000Z');
  expect(threadKey('T', 'C', '1.000001')).toBe('T:C:1.000001');
});
