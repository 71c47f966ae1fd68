import type { SharedHost } from '../adapters/adapter.ts';
import type { Services } from '../commands/services.ts';
import { attachmentsIn } from '../runtime/attachments.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { targetsIn } from '../runtime/world.ts';
import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';

export interface JoinedSurfaces {
  readonly ground: Ground;
  readonly crew: Crew;
  readonly rights: Services['rights'];
  readonly following: Services['following'];
  readonly runtime: Runtime;
  /** Aborted when the program ends. */
  readonly ending: AbortSignal;
}

const recentEntries = 8;

/** What a surface that several people share is started with, by its name; `failed` is told when it cannot go on. */
export function joinSurfaces(joined: JoinedSurfaces): (surface: string, failed: SharedHost['failed']) => SharedHost {
  const { ground, crew, rights, following, runtime, ending } = joined;
  const { config, collections, history, ledger } = ground;
  const held = new Set<string>();
  return (surface, failed) => {
    return {
      ...runtime.host,
      attachments: { ...config.attachments, directory: attachmentsIn(config.dataDir) },
      ending,
      records: (kind) => collections.collection(`${surface}:${kind}`),
      may: (place, author, right) => rights.may({ place, author }, right),
      async recent(place, author) {
        const requester = { place, author };
        const visible = await rights.visible(requester, '');
        const entries = history.list({
          kind: 'question',
          limit: recentEntries,
          ...(visible === undefined ? {} : { visible }),
        });
        return entries.map(({ at, actor, summary }) => ({
          value: at.slice(0, 16).replace('T', ' '),
          summary: `${actor}: ${summary}`,
        }));
      },
      follows: following.get,
      async addresses(text) {
        if (!text.includes('@')) return false;
        const [{ addressedIn }, all, groups] = await Promise.all([
          import('../runtime/addressed.ts'),
          crew.registry.agents(),
          crew.registry.groups(),
        ]);
        const found = await addressedIn(text, targetsIn({ agents: all, groups, worktrees: new Map() }));
        return found.everyone || found.names.length > 0 || found.unclear !== null;
      },
      revise: runtime.revise,
      async opened(workspace) {
        const own = `${surface}:${workspace}`;
        ledger.hold([...held, own]);
        held.add(own);
        await runtime.adopt(
          ({ message }) => message.place.surface === surface && message.place.workspace === workspace,
        );
      },
      failed,
    };
  };
}
