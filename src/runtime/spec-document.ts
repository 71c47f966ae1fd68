import { readFile, stat } from 'node:fs/promises';
import type { Attachment } from '../adapters/adapter.ts';
import { longestDocument } from '../autorun/documents.ts';
import { documentName } from '../autorun/name.ts';
import type { TurnRecord } from '../ledger/ledger.ts';

/** A markdown document that may become a file of a project. */
export interface SpecDocument {
  /** One step of a path. */
  readonly name: string;
  readonly text: string;
}

/** The markdown file that somebody posted; null where it is none, is too large, is no text, or is not kept any more. */
export async function postedDocument(file: Attachment, at: string): Promise<SpecDocument | null> {
  if (file.type !== 'text/markdown' && !/\.(?:md|markdown)$/i.test(file.name)) return null;
  if (!file.type.startsWith('text/') || file.bytes > longestDocument) return null;
  try {
    if ((await stat(file.path)).size > longestDocument) return null;
    const bytes = await readFile(file.path);
    if (bytes.includes(0)) return null;
    // A byte order mark is kept: every byte of a person's document is.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { name: documentName({ file: file.name, text, at }), text };
  } catch {
    return null;
  }
}

/** An answer as a document, with the places that its `[n]` stand for; null where there is none. */
export function answeredDocument({ result, acceptedAt }: TurnRecord): SpecDocument | null {
  const answer = result?.answer ?? null;
  if (result === null || answer === null) return null;
  const sources = result.citations.map(({ n, agent, path, line, endLine }) => {
    const lines = line === null ? '' : `:${line}${endLine === null ? '' : `-${endLine}`}`;
    return `${n}. ${agent}${path === null ? '' : ` \`${path}${lines}\``}`;
  });
  const text = [answer, ...(sources.length === 0 ? [] : ['## Sources', sources.join('\n')])].join('\n\n');
  return { name: documentName({ file: null, text: answer, at: acceptedAt }), text: `${text.trimEnd()}\n` };
}
