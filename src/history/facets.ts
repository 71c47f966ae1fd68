import { Buffer } from 'node:buffer';
import type { HistoryFilter, Visibility } from './history.ts';

/**
 * The words that stand in the index for what an entry is filtered by; the schema makes the same of each row. Hexadecimal, so that
 * every value is one word and none can be mistaken for another.
 */
export function facetExpression(
  filter: Pick<HistoryFilter, 'agent' | 'by' | 'kind' | 'conversation' | 'visible'>,
): string | null {
  const words = [
    ...(filter.kind === undefined ? [] : [word('k', filter.kind)]),
    ...(filter.conversation === undefined ? [] : [word('c', filter.conversation)]),
    ...(filter.by === undefined ? [] : [word('u', filter.by)]),
    ...(filter.agent === undefined ? [] : [word('a', baseOf(filter.agent))]),
    ...(filter.visible === undefined ? [] : visibleWords(filter.visible)),
  ];
  return words.length === 0 ? null : words.join(' AND ');
}

/** The agent that a worktree is nested under; for every other agent itself. */
export function baseOf(agent: string): string {
  return agent.split('/')[0] ?? agent;
}

function visibleWords(visible: Visibility): readonly string[] {
  const workspace = visible.workspace ?? '';
  const places = [
    word('c', visible.conversation),
    word('p', [visible.surface, workspace, visible.channel].join(separator)),
    ...(visible.publicOfWorkspace ? [word('w', [visible.surface, workspace].join(separator))] : []),
  ];
  const agents = [...new Set(visible.agents.map(baseOf))];
  return [`(${places.join(' OR ')})`, `(${['"anone"', ...agents.map((agent) => word('a', agent))].join(' OR ')})`];
}

const separator = '\u001f';

function word(letter: string, value: string): string {
  return `"${letter}${Buffer.from(value).toString('hex')}"`;
}
