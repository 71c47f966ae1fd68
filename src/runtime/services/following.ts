import type { SurfaceRecords } from '../../adapters/adapter.ts';
import type { FollowingService } from '../../commands/services.ts';
import type { Config } from '../../config/shape.ts';

/** Thread following, as people switched it, and as channels are configured. */
export function createFollowing(
  records: Pick<SurfaceRecords<boolean>, 'get' | 'set'>,
  channels: Config['channels'],
): FollowingService {
  return {
    get: async (conversation, channel) => (await records.get(conversation)) ?? channels[channel]?.follow ?? true,
    set: (conversation, follow) => records.set(conversation, follow),
  };
}
