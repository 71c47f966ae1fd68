import { createWriter, type Dialect } from './dialect.ts';
import { type Display, display, displaySource } from './display.ts';
import { type PartOptions, splitBlocks } from './split.ts';
import { unblocked } from './unblocked.ts';

/** Between characters that would otherwise mean something together. */
const apart = '\u200b';

const dialect: Dialect = {
  bullet: '-',
  rule: '──────────',
  indent: 2,
  tableWidth: 64,
  text: escaped,
  line: escapedStart,
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `*${inner}*`,
  strike: (inner) => `~~${inner}~~`,
  code: inlineCode,
  fence: (value, language) =>
    `\`\`\`${/^[\w+#-]{1,20}$/.test(language) ? language : ''}\n${silenced(value).replace(/`(?=``)/g, `\`${apart}`)}\n\`\`\``,
  heading: (inner, depth) => (depth <= 3 ? `${'#'.repeat(depth)} ${inner}` : `**${inner}**`),
  link: (label, href) => (isSame(label, href) ? `<${href}>` : `[${label.replace(/[[\]]/g, '\\$&')}](<${href}>)`),
};

/**
 * Markdown as Discord shows it, in parts of at most `limit` UTF-16 units: no text in it, whoever wrote it, mentions anybody, and no link
 * unfolds into a preview. See `showDiscord` for texts of any size.
 */
export function renderDiscord(markdown: string, { limit }: PartOptions): readonly string[] {
  return partsOf(display(markdown, { writesAddresses: false }), limit);
}

/** The same for a text of any size, without blocking this thread; what cannot be parsed in time is shown as it is written. */
export async function showDiscord(
  markdown: string,
  options: PartOptions,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const source = () => partsOf(displaySource(markdown), options.limit);
  return unblocked(renderDiscord, import.meta.url, [markdown, options], source, signal);
}

function partsOf(document: Display, limit: number): readonly string[] {
  return splitBlocks(document.blocks, { limit, write: createWriter(dialect, document) });
}

/** Text in which nothing is markup or mentions anybody, in as many lines as it has. */
export function escapeDiscord(value: string): string {
  return escaped(value)
    .split('\n')
    .map((line) => escapedStart(line))
    .join('\n');
}

/** Text for inside a code span or block: nothing in it mentions anybody. */
export function quietDiscord(value: string): string {
  return silenced(value);
}

/** A line below between letters or digits, as in SOME_NAME, ends no emphasis and stays as it is. */
function escaped(value: string): string {
  return silenced(value)
    .replace(/[\\*~`|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll('](', ']\\(');
}

function escapedStart(line: string): string {
  return line.replace(/^(?=(?:#{1,3}|-#?|\+|>{1,3})\s)/, '\\').replace(/^(\d+)(?=\.\s)/, '$1\\');
}

/** Mentions of people, roles, channels, commands, times and emoji all begin with `<`. */
function silenced(value: string): string {
  return value.replace(/@(?=everyone|here)/gi, `@${apart}`).replace(/<(?=[@#/:]|t:|a:|id:)/gi, `<${apart}`);
}

function inlineCode(value: string): string {
  const text = silenced(value).replaceAll('\n', ' ');
  return text.includes('`') ? `\`\` ${text.replaceAll('``', `\`${apart}\``)} \`\`` : `\`${text}\``;
}

/** A link whose text is its address. */
function isSame(label: string, href: string): boolean {
  const text = label.replaceAll('\\', '');
  return [text, `${text}/`, `http://${text}`, `http://${text}/`].includes(href);
}
