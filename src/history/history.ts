import type { Place } from '../adapters/adapter.ts';
import type { Usage } from '../usage.ts';

export type HistoryKind =
  | 'question'
  | 'ask'
  | 'reply'
  | 'answer'
  | 'task'
  | 'run'
  | 'command'
  | 'worktree'
  | 'approval'
  | 'schedule'
  | 'review';

export interface HistoryEntry {
  /** The row number as text: the order. */
  readonly id: string;
  readonly at: string;
  readonly kind: HistoryKind;
  readonly conversation: string;
  readonly place: Place | null;
  readonly actor: string;
  readonly agent: string | null;
  readonly summary: string;
  readonly text: string | null;
  readonly sessionId: string | null;
  readonly durationMs: number | null;
  readonly usage: Usage | null;
  readonly status: string | null;
  readonly retried: boolean;
}

export type NewHistoryEntry = Omit<HistoryEntry, 'id' | 'at'> & {
  /** Every agent whose words are in it (an answer's): who may not read all of them does not see it. */
  readonly agents?: readonly string[];
  /** The surface's own id of the actor: `by` finds the entry by it too. */
  readonly actorId?: string;
};

export interface HistoryFilter {
  /** Its worktrees' entries count as an agent's own. */
  readonly agent?: string;
  readonly since?: Date;
  readonly until?: Date;
  /** The actor's name or id. */
  readonly by?: string;
  readonly kind?: HistoryKind;
  readonly conversation?: string;
  /** Full-text query as people type it: words, "a phrase", pre*. Of a long text, its first 65,536 characters are looked through. */
  readonly query?: string;
  /** Only entries older than this one. */
  readonly before?: string;
  readonly limit: number;
  /** Who may see it, as the access rules say; everything when absent (terminal). */
  readonly visible?: Visibility;
}

/** An entry is visible when its place is one of these and its agent, where it has one, may be read. Compiled to SQL. */
export interface Visibility {
  readonly conversation: string;
  readonly surface: string;
  readonly workspace: string | null;
  readonly channel: string;
  /** Also public channels of the same workspace. */
  readonly publicOfWorkspace: boolean;
  readonly agents: readonly string[];
}

export interface History {
  append(entry: NewHistoryEntry): HistoryEntry;
  /** Newest first. */
  list(filter: HistoryFilter): readonly HistoryEntry[];
  get(id: string, visible?: Visibility): HistoryEntry | null;
  /** Oldest first, without loading all of it. */
  export(filter: Omit<HistoryFilter, 'limit'>): Iterable<HistoryEntry>;
  /** Removes entries older than `before`, oldest first, at most `limit` (1000) a call (retention). Says how many. */
  prune(before: Date, limit?: number): number;
}
