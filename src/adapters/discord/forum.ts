import { type Client, type ForumChannel, type MediaChannel, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import type { Pacer } from '../pacer.ts';
import { outcomeOf } from './outcome.ts';

export type PostState = 'running' | 'done' | 'failed';

/** Shows on a post of a forum how its conversation stands, by the tags of these names. */
export interface Forum {
  /** Null takes the tag away. What is no post of a forum, or has no such tags, stays as it is. */
  mark(thread: string | null, state: PostState | null): void;
}

const states: readonly PostState[] = ['running', 'done', 'failed'];
const mostTags = 5;
const mostForumTags = 20;

type ForumLike = ForumChannel | MediaChannel;

export function createForum(options: {
  readonly client: Client;
  readonly rest: REST;
  readonly pacer: Pacer;
  readonly log: Log;
}): Forum {
  const { client, rest, pacer, log } = options;

  async function apply(id: string, state: PostState | null): Promise<void> {
    const thread = client.channels.cache.get(id);
    if (thread === undefined || !thread.isThread()) return;
    const forum = thread.parent;
    if (forum === null || !forum.isThreadOnly()) return;
    try {
      const ours = await tagsOf(forum);
      const wanted = state === null ? null : (ours.get(state) ?? null);
      const others = thread.appliedTags.filter((tag) => ![...ours.values()].includes(tag));
      const tags = [...(wanted === null ? [] : [wanted]), ...others].slice(0, mostTags);
      if (isSame(tags, thread.appliedTags)) return;
      await rest.patch(Routes.channel(id), { body: { applied_tags: tags } });
    } catch (error) {
      log.info('a post could not be tagged', { thread: id, reason: reasonOf(outcomeOf(error)) });
    }
  }

  /** Tags of our names: made where they are missing and we may. */
  async function tagsOf(forum: ForumLike): Promise<ReadonlyMap<PostState, string | null>> {
    const missing = states.filter((name) => tagOf(forum.availableTags, name) === null);
    const mayMake = client.user !== null && forum.permissionsFor(client.user)?.has(PermissionFlagsBits.ManageChannels);
    const room = mostForumTags - forum.availableTags.length;
    if (missing.length > 0 && mayMake === true && room >= missing.length)
      await forum.setAvailableTags([...forum.availableTags, ...missing.map((name) => ({ name }))]);
    return new Map(states.map((name) => [name, tagOf(forum.availableTags, name)]));
  }

  return {
    mark(thread, state) {
      if (thread !== null) void pacer.submit(`tags-${thread}`, () => apply(thread, state), { urgent: true });
    },
  };
}

function tagOf(tags: ForumLike['availableTags'], name: PostState): string | null {
  return tags.find((tag) => tag.name.toLowerCase() === name)?.id ?? null;
}

function isSame(tags: readonly string[], others: readonly string[]): boolean {
  return tags.length === others.length && tags.every((tag) => others.includes(tag));
}
