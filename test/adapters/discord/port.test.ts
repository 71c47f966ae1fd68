import { describe, expect, it } from 'vitest';
import { createPort } from '../../../src/adapters/discord/port.ts';

function port(guilds: readonly string[] = [], direct = async () => undefined) {
  const done: string[] = [];
  const note = (what: string) => async (data: unknown) => {
    const { id, ms = 0 } = data as { readonly id: string; readonly ms?: number };
    await new Promise((resolve) => setTimeout(resolve, ms));
    done.push(`${what} ${id}`);
  };
  const made = createPort({
    host: { opened: async (guild) => void done.push(`opened ${guild}`), ending: new AbortController().signal },
    guilds,
    hear: { message: note('message'), edited: note('edit'), deleted: note('deletion') },
    interactive: { handle: note('interaction') },
    catchUp: {
      began: async () => void done.push('began'),
      guild: note('guild'),
      away: () => undefined,
      async direct(channel) {
        done.push(`direct ${channel}`);
        await direct();
      },
      directs: async () => undefined,
      async hear(id, work) {
        done.push(`hears ${id}`);
        await work();
        done.push(`heard ${id}`);
      },
    },
    clock: () => performance.now(),
  });
  return { ...made, done };
}

describe('what is heard', () => {
  it('is heard of a server once that is ours, in the order of its channel', async () => {
    const { message, edited, done } = port();
    await Promise.all([
      message({ id: '1', guild_id: 'g', channel_id: 'c', ms: 20 }),
      message({ id: '2', guild_id: 'g', channel_id: 'd' }),
      edited({ id: '1', guild_id: 'g', channel_id: 'c' }),
    ]);
    const order = ['hears 1', 'opened g', 'hears 2', 'message 2', 'heard 2', 'message 1', 'heard 1', 'edit 1'];
    expect(done).toEqual(order);
  });

  it('is nothing of servers that are not configured, and direct messages always', async () => {
    const { message, interaction, guild, began, done } = port(['g']);
    await began([{ id: 'other' }, { id: 'g' }]);
    await guild({ id: 'other' });
    await message({ id: '1', guild_id: 'other', channel_id: 'c' });
    await interaction({ id: '2', guild_id: 'other' });
    await message({ id: '3', channel_id: 'c' });
    const order = ['began', 'opened g', 'hears 1', 'heard 1', 'hears 3', 'direct c', 'message 3', 'heard 3'];
    expect(done).toEqual(order);
  });

  it('counts as missed what somebody wrote directly and nobody could keep', async () => {
    const { message, done } = port([], async () => {
      throw new Error('disk full');
    });
    await expect(message({ id: '1', channel_id: 'c' })).rejects.toThrow('disk full');
    expect(done).toEqual(['hears 1', 'direct c']);
  });

  it('is one interaction, though it comes again after a resume', async () => {
    const { interaction, done } = port();
    await Promise.all([interaction({ id: '1' }), interaction({ id: '1' })]);
    expect(done).toEqual(['interaction 1']);
  });
});
