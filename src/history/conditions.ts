import type { Value } from '../store/connection.ts';
import { baseOf } from './facets.ts';
import type { HistoryFilter, Visibility } from './history.ts';

/** A piece of SQL that is true or false of a row `history`, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** What the words of the index leave open: exact times, one worktree, and who may see it. */
export function conditionsOf(
  filter: Pick<HistoryFilter, 'agent' | 'since' | 'until' | 'visible'>,
): readonly Condition[] {
  const conditions: Condition[] = [];
  if (filter.since !== undefined) conditions.push({ sql: 'history.at >= ?', values: [filter.since.toISOString()] });
  if (filter.until !== undefined) conditions.push({ sql: 'history.at <= ?', values: [filter.until.toISOString()] });
  if (filter.agent !== undefined && filter.agent !== baseOf(filter.agent)) {
    conditions.push({ sql: 'history.agent = ?', values: [filter.agent] });
  }
  if (filter.visible !== undefined) conditions.push(...visible(filter.visible));
  return conditions;
}

/**
 * What the access rules let a person see: the place is one of theirs, and every agent whose words it holds is one they may read.
 * Worktrees are nested under their agent, and so is the right to read them.
 */
export function visible(visibility: Visibility): readonly Condition[] {
  const readable = JSON.stringify(visibility.agents);
  return [
    inPlace(visibility),
    { sql: `(history.agent IS NULL OR ${mayBeRead('history.agent')})`, values: [readable] },
    {
      sql: `(history.agents IS NULL OR NOT EXISTS (
        SELECT 1 FROM json_each(history.agents) AS heard WHERE NOT ${mayBeRead('heard.value')}))`,
      values: [readable],
    },
  ];
}

function mayBeRead(column: string): string {
  return `EXISTS (SELECT 1 FROM json_each(?) AS readable
    WHERE readable.value = ${column} OR substr(${column}, 1, length(readable.value) + 1) = readable.value || '/')`;
}

function inPlace(visibility: Visibility): Condition {
  const { surface, workspace } = visibility;
  const places: readonly Condition[] = [
    { sql: 'history.conversation = ?', values: [visibility.conversation] },
    {
      sql: '(history.surface = ? AND history.workspace IS ? AND history.channel = ?)',
      values: [surface, workspace, visibility.channel],
    },
    ...(visibility.publicOfWorkspace
      ? [
          {
            sql: '(history.surface = ? AND history.workspace IS ? AND history.private = 0)',
            values: [surface, workspace],
          },
        ]
      : []),
  ];
  return { sql: `(${places.map((place) => place.sql).join(' OR ')})`, values: places.flatMap((place) => place.values) };
}
