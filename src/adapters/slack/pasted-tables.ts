import { escapeSlack } from '../../markdown/slack.ts';
import { type Fields, fields, isFields, list, text } from '../untyped.ts';

const mostRows = 100;

/**
 * Tables that somebody pasted into a message, as markdown in which text is escaped as Slack escapes it. They come beside the text, which
 * says nothing of them; previews of links come there too and are left out.
 */
export function pastedTables(attachments: unknown): readonly string[] {
  return list(attachments)
    .filter(isFields)
    .filter((attachment) => text(attachment.from_url) === '')
    .flatMap((attachment) => list(attachment.blocks))
    .filter((block): block is Fields => isFields(block) && block.type === 'table')
    .map(({ rows }) =>
      tableOf(
        list(rows)
          .slice(0, mostRows)
          .map((row) => list(row).map(cellText)),
      ),
    )
    .filter((table) => table !== '');
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (head === undefined || head.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** All text in a cell, however deep it stands, on one line. */
function cellText(cell: unknown): string {
  return escapeSlack(textIn(cell)).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

function textIn(node: unknown): string {
  const { elements, text: own, url } = fields(node);
  if (Array.isArray(elements)) return elements.map(textIn).join('');
  return text(own) || text(url);
}
