import { clean } from '../clean.ts';
import type { HistoryEntry } from './history.ts';

/** An export for people, entry by entry: a heading each, what is known of it, and its text, which no text can break out of. */
export function* historyMarkdown(entries: Iterable<HistoryEntry>): Generator<string> {
  yield '# History\n';
  for (const entry of entries) yield `\n${section(entry)}`;
}

function section(entry: HistoryEntry): string {
  const who = [entry.actor, entry.agent].filter((name) => name !== null);
  const parts = [
    `## ${entry.at} · ${entry.kind} · ${who.map(inline).join(' → ')}`,
    facts(entry)
      .map((fact) => `- ${fact}`)
      .join('\n'),
  ];
  if (entry.text === null) parts.push(inline(entry.summary));
  else parts.push(fenced(entry.text));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function facts(entry: HistoryEntry): readonly string[] {
  const { usage } = entry;
  return [
    `id ${entry.id}, in ${inline(entry.conversation)}`,
    entry.status === null ? null : `${inline(entry.status)}${entry.retried ? ', retried' : ''}`,
    entry.sessionId === null ? null : `session ${inline(entry.sessionId)}`,
    entry.durationMs === null ? null : `${(entry.durationMs / 1000).toFixed(1)} s`,
    usage === null
      ? null
      : `${usage.inputTokens} tokens in (${usage.cachedTokens} cached), ${usage.outputTokens} out, ${usage.costUsd === null ? 'cost unknown' : `$${usage.costUsd.toFixed(4)}`}`,
  ].filter((fact) => fact !== null);
}

/** One line in which nothing is markup: names and the like may come from anybody. */
function inline(text: string): string {
  const line = clean(text).replaceAll(/\s+/g, ' ').trim();
  const ticks = '`'.repeat(longestRun(line) + 1);
  return line === '' ? '' : `${ticks} ${line} ${ticks}`;
}

function fenced(raw: string): string {
  const text = clean(raw);
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

function longestRun(text: string): number {
  return text.matchAll(/`+/g).reduce((longest, [run]) => Math.max(longest, run.length), 0);
}
