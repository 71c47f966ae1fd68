import type { Collection } from '../store/collections.ts';
import type { Usage } from '../usage.ts';
import { valuesOf } from './values.ts';

/** One provider conversation of one agent in one conversation of ours. */
export interface SessionRecord {
  readonly conversation: string;
  readonly agent: string;
  /** Absolute: a worktree has sessions of its own. */
  readonly directory: string;
  readonly worktree: string | null;
  readonly provider: string;
  /** The provider's own id. */
  readonly id: string;
  /** The session's sums so far, for providers that report nothing else; null when unknown. */
  readonly sums: Usage | null;
  readonly at: string;
}

export interface SessionKey {
  readonly conversation: string;
  readonly agent: string;
  readonly directory: string;
}

export interface Sessions {
  find(key: SessionKey): Promise<SessionRecord | null>;
  /** The record with this id of a provider, in whatever conversation. */
  withId(id: string): Promise<SessionRecord | null>;
  save(record: SessionRecord): Promise<void>;
  forget(key: SessionKey): Promise<void>;
  /** `/agents reset`: all of an agent in a conversation, its worktrees' too. Returns how many there were. */
  reset(conversation: string, agent: string): Promise<number>;
  list(conversation?: string): Promise<readonly SessionRecord[]>;
}

/** Session records, one for each conversation, agent and directory. */
export function createSessions(records: Collection<SessionRecord>): Sessions {
  async function list(conversation?: string): Promise<readonly SessionRecord[]> {
    const all = await valuesOf(records);
    return conversation === undefined ? all : all.filter((record) => record.conversation === conversation);
  }

  return {
    find: async (key) => (await records.get(keyText(key))) ?? null,
    withId: async (id) => (await valuesOf(records)).find((record) => record.id === id) ?? null,
    save: (record) => records.set(keyText(record), record),
    async forget(key) {
      await records.delete(keyText(key));
    },
    async reset(conversation, agent) {
      const found = (await list(conversation)).filter((record) => record.agent.toLowerCase() === agent.toLowerCase());
      for (const record of found) await records.delete(keyText(record));
      return found.length;
    },
    list,
  };
}

function keyText({ conversation, agent, directory }: SessionKey): string {
  return JSON.stringify([conversation, agent.toLowerCase(), directory]);
}
