import type { Nodes, Root } from 'mdast';
import { parse, parseLiteral, type Range, rangeOf } from '../markdown/parse.ts';
import { isHostLike, pathLines, readBare, readTarget } from './citation-path.ts';

/** What a citation points at. `path` is as written; `endLine` is null for a single line. */
export interface CitedPlace {
  readonly agent: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
}

/** A citation in the source. It is replaced by `before`, the number in brackets, and `after`. */
export interface FoundCitation extends Range {
  readonly place: CitedPlace;
  readonly before: string;
  readonly after: string;
  /** May be a host and a port: it is text unless such a file exists. */
  readonly doubtful: boolean;
}

export interface FindOptions {
  /** Every agent, and `agent/branch` of every worktree. */
  readonly known: readonly string[];
  /** The agent whose reply this is: then a bare `path:line` cites it too. Null for an answer of the moderator's mind. */
  readonly agent: string | null;
}

export interface Finds {
  /** In order, without overlaps. */
  readonly citations: readonly FoundCitation[];
  /** Where a backslash must stand, so that a definition in the text does not turn the numbers of sources into links. */
  readonly escapes: readonly number[];
}

/** A definition of a number, as in `[1]: https://…`; the offset wanted is that of the colon. */
const numericDefinition = /\[[\s>]*\d+[\s>]*\]:/g;

/**
 * Citations in an answer: `[agent:path:line]`, `[agent/branch:path:line-line]` and `[agent]` in text, before link references are
 * resolved; in an agent's own reply also `path:line` in text, in inline code and behind a link.
 */
export function findCitations(markdown: string, options: FindOptions): Finds {
  const { texts, codes } = leavesOf(markdown);
  const bracketed = texts.flatMap((text) => findBracketed(markdown, text, options.known));
  const { agent } = options;
  const bare = agent === null ? [] : findBare(markdown, texts, codes, agent);
  return {
    citations: withoutOverlaps([...bracketed, ...bare]),
    escapes: texts.flatMap((text) => definitionsIn(markdown, text)),
  };
}
