import type { KnownBlock, RichTextBlock } from '@slack/web-api';
import type { SlackTable } from '../../markdown/slack.ts';

type Span = SlackTable['rows'][number][number][number];
type Table = Extract<KnownBlock, { type: 'table' }>;

const mostRows = 100;
const mostColumns = 20;
const longestSection = 3_000;

/**
 * The blocks of a message in which exactly one whole table stands: the table as Slack's own, the text around it as it is. Null for every
 * other message: Slack takes one table in each, of a limited size.
 */
export function tableBlocks(text: string, tables: readonly SlackTable[]): readonly KnownBlock[] | null {
  const found = tables.filter(({ written }) => text.includes(written));
  const [table] = found;
  if (table === undefined || found.length > 1) return null;
  const [before = '', after = '', ...more] = text.split(table.written).map((around) => around.trim());
  const columns = Math.max(...table.rows.map((row) => row.length));
  if (more.length > 0 || table.rows.length > mostRows || columns > mostColumns) return null;
  if (Math.max(before.length, after.length) > longestSection) return null;
  return [...section(before), tableOf(table, columns), ...section(after)];
}

function section(text: string): readonly KnownBlock[] {
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text } }];
}

function tableOf({ rows, align }: SlackTable, columns: number): Table {
  return {
    type: 'table',
    rows: rows.map((row, index) =>
      Array.from({ length: columns }, (_, column) => cellOf(row[column] ?? [], index === 0)),
    ),
    column_settings: Array.from({ length: columns }, (_, column) => ({
      align: align[column] ?? 'left',
      is_wrapped: true,
    })),
  };
}

/** A cell's text is data to Slack: no markup and no mention is looked for in it. */
function cellOf(spans: readonly Span[], isHeading: boolean): RichTextBlock {
  const filled = spans.filter(({ text }) => text !== '');
  const elements = filled.map(({ text, styles, href }) => {
    const has = (style: Span['styles'][number]) => (styles.includes(style) ? { [style]: true } : {});
    const bold = isHeading ? { bold: true } : has('bold');
    const style = { ...bold, ...has('italic'), ...has('strike'), ...has('code') };
    const common = { text: apart(text), ...(Object.keys(style).length === 0 ? {} : { style }) };
    return href === null ? { type: 'text' as const, ...common } : { type: 'link' as const, url: href, ...common };
  });
  // Slack refuses cells without anything.
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: elements.length === 0 ? [{ type: 'text', text: ' ' }] : elements },
    ],
  };
}

/** What would be a mention elsewhere is none here either, whoever passes the text on. */
function apart(text: string): string {
  return text.replace(/<(?=[@#!])/g, '<\u200b').replace(/@(?=here|channel|everyone|group)/gi, '@\u200b');
}
