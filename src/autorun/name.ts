import { clean } from '../clean.ts';

/** What a document is called before it has a name: by the file it came as, its first heading, or the day. */
export interface DocumentOrigin {
  readonly file: string | null;
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Leaves room in the 255 bytes of a file name, whatever the script. */
const longest = 60;

/** One step of a path, whatever it was made of: never hidden, never above its folder, ends in `.md`. */
export function documentName({ file, text, at }: DocumentOrigin): string {
  const heading = /^ {0,3}#{1,6}[ \t]+(.{1,500})/m.exec(text)?.[1] ?? '';
  const names = [(file ?? '').replace(/\.(?:md|markdown)$/i, ''), heading.replace(/[ \t]#+\s*$/, ''), at.slice(0, 10)];
  return `${names.map(stepOf).find((name) => name !== '') ?? 'document'}.md`;
}

function stepOf(name: string): string {
  const letters = clean(name)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/\.{2,}/g, '.');
  return [...trimmed(letters)]
    .slice(0, longest)
    .join('')
    .replace(/[._-]+$/, '');
}

/** No dot, which would hide it, and no dash, which would be an option, begins it. */
function trimmed(name: string): string {
  return name.replace(/^[._-]+/, '');
}
