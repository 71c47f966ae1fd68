import type { Place } from '../adapters/adapter.ts';
import type { Row, Value } from '../store/connection.ts';
import { integer, integerOrNull, jsonOrNull, text, textOrNull } from '../store/rows.ts';
import type { Usage } from '../usage.ts';
import type { HistoryEntry, HistoryKind, NewHistoryEntry } from './history.ts';

/** Adds one row; its values are those of `valuesOf`. */
export const insertEntry = `INSERT INTO history
  (at, kind, conversation, actor, actor_id, agent, agents, surface, workspace, channel, private, place,
   session_id, duration, usage, status, retried, summary, text)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`;

/** The values of a new row. */
export function valuesOf(entry: NewHistoryEntry, at: string): readonly Value[] {
  const { place } = entry;
  return [
    at,
    entry.kind,
    entry.conversation,
    entry.actor,
    entry.actorId ?? null,
    entry.agent,
    entry.agents === undefined ? null : JSON.stringify(entry.agents),
    place?.surface ?? null,
    place?.workspace ?? null,
    place?.channel ?? null,
    place === null ? null : Number(place.private || place.direct),
    place === null ? null : JSON.stringify(place),
    entry.sessionId,
    entry.durationMs,
    entry.usage === null ? null : JSON.stringify(entry.usage),
    entry.status,
    Number(entry.retried),
    entry.summary,
    entry.text,
  ];
}

/** What `entryOf` reads; not all there is, as some columns are made anew at every look. */
export const entryColumns = [
  ...['sequence', 'at', 'kind', 'conversation', 'place', 'actor', 'agent', 'summary', 'text'],
  ...['session_id', 'duration', 'usage', 'status', 'retried'],
]
  .map((column) => `history.${column}`)
  .join(', ');

/** An entry from its row. */
export function entryOf(row: Row): HistoryEntry {
  return {
    id: String(integer(row.sequence)),
    at: text(row.at),
    kind: text(row.kind) as HistoryKind,
    conversation: text(row.conversation),
    place: jsonOrNull<Place>(row.place),
    actor: text(row.actor),
    agent: textOrNull(row.agent),
    summary: text(row.summary),
    text: textOrNull(row.text),
    sessionId: textOrNull(row.session_id),
    durationMs: integerOrNull(row.duration),
    usage: jsonOrNull<Usage>(row.usage),
    status: textOrNull(row.status),
    retried: integer(row.retried) === 1,
  };
}
