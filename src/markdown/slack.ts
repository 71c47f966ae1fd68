import type { AlignType } from 'mdast';
import { createWriter, type Dialect } from './dialect.ts';
import { type Display, display, displaySource } from './display.ts';
import { type Span, spansOf } from './spans.ts';
import { type PartOptions, splitBlocks } from './split.ts';
import { unblocked } from './unblocked.ts';

/** Between characters that would otherwise mean something together. */
const apart = '\u200b';

const dialect: Dialect = {
  bullet: '•',
  rule: '———',
  indent: 4,
  tableWidth: 76,
  text: escapeSlack,
  line: (written) => (written.startsWith('&gt;') ? `${apart}${written}` : written),
  strong: (inner) => `*${inner}*`,
  emphasis: (inner) => `_${inner}_`,
  strike: (inner) => `~${inner}~`,
  code: (value) => `\`${escapeSlack(value).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``,
  fence: (value) => `\`\`\`\n${escapeSlack(value).replace(/`(?=``)/g, `\`${apart}`)}\n\`\`\``,
  heading: (inner) => `*${inner.replaceAll('*', '')}*`,
  link: (label, href) =>
    `<${href.replaceAll('&', '&amp;').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('|', '%7C')}|${label.replaceAll('|', '¦')}>`,
};

/**
 * Markdown as Slack's mrkdwn, in parts of at most `limit` characters: no text in it, whoever wrote it, mentions a person, a group or a
 * channel. See `showSlack` for texts of any size.
 */
export function renderSlack(markdown: string, { limit }: PartOptions): readonly string[] {
  return partsOf(display(markdown, { writesAddresses: false }), limit);
}

/** The same for a text of any size, without blocking this thread; what cannot be parsed in time is shown as it is written. */
export async function showSlack(
  markdown: string,
  options: PartOptions,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const source = () => partsOf(displaySource(markdown), options.limit);
  return unblocked(renderSlack, import.meta.url, [markdown, options], source, signal);
}

/** A table of a text: how it stands in the parts of that text, and what is in it. */
export interface SlackTable {
  readonly written: string;
  /** The headings first. Nothing in them is escaped. */
  readonly rows: readonly (readonly (readonly Span[])[])[];
  /** By column. */
  readonly align: readonly (AlignType | undefined)[];
}

/** The tables that do not stand inside something else, for those who can show tables better than as text. */
export function slackTables(markdown: string): readonly SlackTable[] {
  const document = display(markdown, { writesAddresses: false });
  const write = createWriter(dialect, document);
  return document.blocks.flatMap((block) => {
    if (block.type !== 'table') return [];
    const rows = block.children.map((row) => row.children.map((cell) => spansOf(cell.children, document)));
    return [{ written: write(block), rows, align: block.align ?? [] }];
  });
}

/** The same for a text of any size, without blocking this thread; none where it cannot be parsed in time. */
export async function findSlackTables(markdown: string, signal?: AbortSignal): Promise<readonly SlackTable[]> {
  return unblocked(slackTables, import.meta.url, [markdown], () => [], signal);
}

function partsOf(document: Display, limit: number): readonly string[] {
  return splitBlocks(document.blocks, { limit, write: createWriter(dialect, document) });
}

/** Text in which nothing is markup of an entity or mentions anybody; quotes and emphasis may still be made of it. */
export function escapeSlack(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=here|channel|everyone|group)/gi, `@${apart}`);
}
