import type { SharedHost } from '../adapter.ts';
import { createLanes } from '../lanes.ts';
import { createOnce } from '../once.ts';
import { fields, text } from '../untyped.ts';
import type { CatchUp } from './catch-up.ts';
import type { GatewayPort } from './gateway.ts';
import type { Hear } from './hear.ts';
import type { Interactive } from './interactive.ts';

export interface PortOptions {
  readonly host: Pick<SharedHost, 'opened' | 'ending'>;
  /** The servers that are served; all when empty. */
  readonly guilds: readonly string[];
  readonly hear: Pick<Hear, 'message' | 'edited' | 'deleted'>;
  readonly interactive: Interactive;
  readonly catchUp: Pick<CatchUp, 'began' | 'guild' | 'away' | 'hear' | 'direct' | 'directs'>;
  clock(): number;
}

const remembered = 1_000;

/** What is heard, server by server: nothing of one before it is ours, and of a channel one message after the other. */
export function createPort({ host, guilds, hear, interactive, catchUp, clock }: PortOptions): GatewayPort {
  const open = createOnce<void>(Number.POSITIVE_INFINITY);
  const lanes = createLanes({ intervalMs: 0, signal: host.ending, clock });
  const once = createOnce<void>(remembered);
  const guildOf = (data: unknown) => text(fields(data).guild_id) || null;

  async function served(guild: string | null, work: () => Promise<void>): Promise<void> {
    if (guild !== null && guilds.length > 0 && !guilds.includes(guild)) return;
    if (guild !== null) await open(guild, () => host.opened(guild));
    await work();
  }

  const inOrder = (data: unknown, work: () => Promise<void>) =>
    served(guildOf(data), () => lanes.run(text(fields(data).channel_id), work));

  return {
    async began(all) {
      await catchUp.began();
      await Promise.all(all.map((guild) => served(text(fields(guild).id), async () => undefined)));
      // Nobody waits for it: those who write now are heard meanwhile.
      void catchUp.directs(lanes.run).catch(() => undefined);
    },
    away: async (data) => catchUp.away(data),
    guild: (data) => served(text(fields(data).id), () => catchUp.guild(data, lanes.run)),
    async message(data) {
      await catchUp.hear(text(fields(data).id), async () => {
        if (guildOf(data) === null) await catchUp.direct(text(fields(data).channel_id));
        await inOrder(data, () => hear.message(data));
      });
    },
    edited: (data) => inOrder(data, () => hear.edited(data)),
    deleted: (data) => inOrder(data, () => hear.deleted(data)),
    interaction: (data) => once(text(fields(data).id), () => served(guildOf(data), () => interactive.handle(data))),
  };
}
