import { createWriter, type Dialect } from './dialect.ts';
import { display } from './display.ts';
import { splitBlocks } from './split.ts';

/** Between characters that would otherwise mean something together. */
const apart = '\u200b';

const dialect: Dialect = {
  bullet: '•',
  rule: '———',
  indent: 4,
  tableWidth: 76,
  text: escaped,
  line: (written) => (written.startsWith('&gt;') ? `${apart}${written}` : written),
  strong: (inner) => `*${inner}*`,
  emphasis: (inner) => `_${inner}_`,
  strike: (inner) => `~${inner}~`,
  code: (value) => `\`${escaped(value).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``,
  fence: (value) => `\`\`\`\n${escaped(value).replace(/`(?=``)/g, `\`${apart}`)}\n\`\`\``,
  heading: (inner) => `*${inner.replaceAll('*', '')}*`,
  link: (label, href) =>
    `<${href.replaceAll('&', '&amp;').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('|', '%7C')}|${label.replaceAll('|', '¦')}>`,
};

/**
 * Markdown as Slack's mrkdwn, in parts of at most `limit` characters: no text in it, whoever wrote it, mentions a person, a group or a
 * channel. Belongs off the main thread where `isCostly(markdown)`.
 */
export function renderSlack(markdown: string, { limit }: { readonly limit: number }): readonly string[] {
  const document = display(markdown, { writesAddresses: false });
  return splitBlocks(document.blocks, { limit, write: createWriter(dialect, document) });
}

function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=here|channel|everyone|group)/gi, `@${apart}`);
}
