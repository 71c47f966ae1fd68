import type { WebClient } from '@slack/web-api';

/** What a channel is. Where Slack does not tell, it is private: what is said there is shown nowhere else. */
export interface ChannelKind {
  readonly direct: boolean;
  readonly private: boolean;
}

export interface Channels {
  /** `type` is what the event itself says, where it does. */
  kind(channel: string, type: string | null): Promise<ChannelKind>;
}

const keptMs = 600_000;

export function createChannels(client: WebClient, clock: () => number): Channels {
  const known = new Map<string, { readonly kind: Promise<ChannelKind>; readonly until: number }>();

  async function fetchKind(channel: string): Promise<ChannelKind> {
    try {
      const { channel: info } = await client.conversations.info({ channel });
      const direct = info?.is_im === true;
      return { direct, private: direct || info?.is_mpim === true || info?.is_private !== false };
    } catch {
      known.delete(channel);
      return { direct: false, private: true };
    }
  }

  return {
    kind(channel, type) {
      const before = known.get(channel);
      if (type !== null) {
        const kind = { direct: type === 'im', private: type !== 'channel' };
        known.set(channel, { kind: Promise.resolve(kind), until: clock() + keptMs });
        return Promise.resolve(kind);
      }
      if (channel.startsWith('D')) return Promise.resolve({ direct: true, private: true });
      const fresh =
        before !== undefined && before.until > clock() ? before : { kind: fetchKind(channel), until: clock() + keptMs };
      known.set(channel, fresh);
      return fresh.kind;
    },
  };
}
