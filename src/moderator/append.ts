import { isCostly, parse, rangeOf } from '../markdown/parse.ts';
import { offThread } from '../off-thread.ts';

/**
 * Adds paragraphs of ours below a markdown text, or above it where the text would swallow what follows (a fence or an HTML block that
 * it never closes): what they say must be readable whatever the text is. Never rejects.
 */
export async function addParagraphs(markdown: string, paragraphs: readonly string[]): Promise<string> {
  const added = paragraphs.join('\n\n');
  if (added === '') return markdown;
  const text = markdown.trimEnd();
  if (text === '') return added;
  return (await swallows(text)) ? `${added}\n\n${text}` : `${text}\n\n${added}`;
}

async function swallows(markdown: string): Promise<boolean> {
  if (!isCostly(markdown)) return endsOpen(markdown);
  try {
    return await offThread<typeof endsOpen>(import.meta.url, 'endsOpen', [markdown], { timeoutMs: 5_000 });
  } catch {
    return true;
  }
}

/** Whether a paragraph below the text would not be one. */
export function endsOpen(markdown: string): boolean {
  const last = parse(`${markdown}\n\nend`).children.at(-1);
  return last?.type !== 'paragraph' || rangeOf(last)?.start !== markdown.length + 2;
}

/** A text as a quote: nothing in it can reach out of it, no fence, no heading, no HTML. */
export function quote(markdown: string): string {
  return markdown
    .split(/\r?\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
