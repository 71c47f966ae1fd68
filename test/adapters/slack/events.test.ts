import { describe, expect, it } from 'vitest';
import { readMessage, readRemoval } from '../../../src/adapters/slack/events.ts';

const own = { userId: 'U0TUTTI', botId: 'B0TUTTI' };
const event = { type: 'message', channel: 'C1', ts: '1.000001', user: 'U0ALICE', text: 'hi', channel_type: 'channel' };
const read = (more: object) => readMessage({ ...event, ...more }, 'T1', own);

describe('a message event', () => {
  it('says who wrote what, and where', () => {
    expect(read({ thread_ts: '0.000001' })).toEqual({
      ...{ kind: 'posted', team: 'T1', channel: 'C1', ts: '1.000001', thread: '0.000001', user: 'U0ALICE' },
      ...{ isBot: false, text: 'hi', channelType: 'channel', files: [] },
    });
    expect(read({ type: 'app_mention', channel_type: undefined })).toMatchObject({ channelType: null, thread: null });
  });

  it('tells files that are the platform’s from those that live elsewhere', () => {
    const files = [
      { id: 'F1', name: 'a.png', mimetype: 'image/png', size: 5, url_private: 'https://files.slack.com/a' },
      { id: 'F2', name: 'b', mimetype: 'x', url_private: 'https://evil.example/b', is_external: true },
      'nonsense',
    ];
    expect(read({ subtype: 'file_share', files })).toMatchObject({
      files: [
        { id: 'F1', name: 'a.png', type: 'image/png', bytes: 5, url: 'https://files.slack.com/a' },
        { id: 'F2', url: null },
      ],
    });
  });

  it.each([
    [{ user: 'U0TUTTI' }],
    [{ bot_id: 'B0TUTTI', user: undefined, subtype: 'bot_message' }],
    [{ subtype: 'channel_join' }],
    [{ ts: 5 }],
    [{ user: undefined }],
  ])('is nothing to us: %j', (more) => {
    expect(read(more)).toBeNull();
  });

  it('knows another program as one', () => {
    expect(read({ subtype: 'bot_message', user: undefined, bot_id: 'B9' })).toMatchObject({ user: 'B9', isBot: true });
  });

  it('tells edits from links that unfold, and deletions', () => {
    const message = { ts: '1.000001', user: 'U0ALICE', text: 'new' };
    const change = (more: object) => read({ subtype: 'message_changed', user: undefined, ...more });
    expect(change({ message, previous_message: { ...message, text: 'old' } })).toMatchObject({
      ts: '1.000001',
      text: 'new',
    });
    expect(change({ message, previous_message: message })).toBeNull();
    expect(change({ message: { ...message, user: 'U0TUTTI' }, previous_message: {} })).toBeNull();
    expect(read({ subtype: 'message_deleted', user: undefined, previous_message: message })).toMatchObject({
      kind: 'changed',
      text: null,
    });
    const stone = { ...message, subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
    expect(change({ message: stone, previous_message: message })).toMatchObject({ text: null, user: 'U0ALICE' });
    expect(change({ message: stone, previous_message: { ...message, user: 'U0TUTTI' } })).toBeNull();
    // Not every deletion says what it was that is gone.
    expect(read({ subtype: 'message_deleted', user: undefined, deleted_ts: '1.000001' })).toMatchObject({
      ...{ kind: 'changed', ts: '1.000001', thread: null, user: null, text: null },
    });
  });
});

describe('the end of an installation', () => {
  it('is the app’s removal, or its bot token taken away', () => {
    expect(readRemoval({ type: 'app_uninstalled' }, 5)).toEqual({ at: 5000, code: 'app_uninstalled' });
    expect(readRemoval({ type: 'tokens_revoked', tokens: { bot: ['U1'] } }, 5)).toEqual({
      at: 5000,
      code: 'tokens_revoked',
    });
    expect(readRemoval({ type: 'app_uninstalled' }, undefined)?.at).toBe(Number.POSITIVE_INFINITY);
  });

  it('is nothing else', () => {
    for (const event of [null, { type: 'message' }, { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }])
      expect(readRemoval(event, 5)).toBeNull();
  });
});
