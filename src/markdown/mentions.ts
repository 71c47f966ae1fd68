import type { Nodes } from 'mdast';
import { isJoined, type Mention, type MentionProblem, type MentionTargets, opens, readMention } from './mention.ts';
import { parse, type Range, rangeOf } from './parse.ts';
import { unblocked } from './unblocked.ts';

export type { Mention, MentionProblem, MentionTargets };

export interface Mentions {
  readonly mentions: readonly Mention[];
  /** The mention that the message opens with. */
  readonly opensWith: Mention | null;
  readonly problems: readonly MentionProblem[];
}

const none: Mentions = { mentions: [], opensWith: null, problems: [] };
const silent: ReadonlySet<Nodes['type']> = new Set([
  'code',
  'inlineCode',
  'blockquote',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'html',
  'definition',
  'footnoteDefinition',
  'footnoteReference',
]);

/**
 * Mentions in a message, as people mean them: not in code, quotes, links or e-mail addresses. Names that are close to no known one are
 * text. See `readMentions` for texts of any size.
 */
export function findMentions(markdown: string, targets: MentionTargets): Mentions {
  if (!markdown.includes('@')) return none;
  const finds = textRanges(parse(markdown)).flatMap((range) => scan(markdown, range, targets));
  const mentions = finds.filter((find) => isMention(find));
  return {
    mentions,
    opensWith: mentions.find((mention) => opens(markdown, mention)) ?? null,
    problems: finds.filter((find) => !isMention(find)),
  };
}

/**
 * The same for a text of any size, without blocking this thread. A text that takes longer than five seconds to parse mentions nobody.
 * Rejects only when the signal aborts.
 */
export async function readMentions(markdown: string, targets: MentionTargets, signal?: AbortSignal): Promise<Mentions> {
  if (!markdown.includes('@')) return none;
  return unblocked(findMentions, import.meta.url, [markdown, targets], () => none, signal);
}

/**
 * The agent that a message goes to without the moderator: it opens with that agent's mention and mentions nobody else, and nothing in it
 * is unclear. `question` is the message without that mention.
 */
export function directPath(
  markdown: string,
  { mentions, opensWith, problems }: Mentions,
): { readonly name: string; readonly branch: string | null; readonly question: string } | null {
  if (opensWith?.kind !== 'agent' || problems.length > 0) return null;
  const { name, branch } = opensWith;
  if (mentions.some((mention) => mention.kind !== 'agent' || mention.name !== name || mention.branch !== branch))
    return null;
  return { name, branch, question: without(markdown, opensWith) };
}

/** Ranges of the text nodes that count. The source is searched, not the decoded text: an escaped or encoded `@` mentions nobody. */
function textRanges(node: Nodes): readonly Range[] {
  if (silent.has(node.type)) return [];
  if (node.type === 'text') return [rangeOf(node)].filter((range) => range !== null);
  return 'children' in node ? node.children.flatMap((child) => textRanges(child)) : [];
}

function scan(source: string, range: Range, targets: MentionTargets): readonly (Mention | MentionProblem)[] {
  const finds: (Mention | MentionProblem)[] = [];
  let last = -1;
  for (let at = source.indexOf('@', range.start); at >= 0 && at < range.end; at = source.indexOf('@', at + 1)) {
    const follows = last === at || (last === at - 1 && source[at - 1] === '/');
    if (!follows && isJoined(source.slice(Math.max(range.start, at - 2), at))) continue;
    const find = readMention(source, at, range.end, targets);
    if (find === null) continue;
    finds.push(find);
    if (isMention(find)) last = find.end;
  }
  return finds;
}

function isMention(find: Mention | MentionProblem): find is Mention {
  return 'name' in find;
}

/** The text without an opening mention, its emphasis, and the comma or colon after it. */
function without(markdown: string, mention: Mention): string {
  const before = markdown.slice(0, mention.start).trim();
  const after = markdown.slice(mention.end);
  const closing = [...before].toReversed().join('');
  const rest = before !== '' && after.startsWith(closing) ? after.slice(closing.length) : after;
  const question = rest.replace(/^[ \t]*(?:[,:;.](?=\s|$)|[，：、。])?[ \t]*(?:\n(?:[ \t]*\n)*)?/u, '').trimEnd();
  return rest === after ? before + question : question;
}
