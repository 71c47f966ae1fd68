import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Attachment } from '../adapter.ts';

/** What may be attached. */
export interface AttachmentLimits {
  readonly maxBytes: number;
  /** `image/*`, `text/*`, `application/pdf`. */
  readonly types: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.bmp': 'image/bmp',
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.zip': 'application/zip',
};

/** The media type that a file's name stands for; text where it says nothing else. */
export function typeOf(name: string): string {
  return types[extname(name).toLowerCase()] ?? 'text/plain';
}

/**
 * A file as it goes with a message. The path is taken as people write it: from the directory they are in, `~` for their own.
 * Throws UserError `not-found`, `not-a-file`, `too-large` or `wrong-type`.
 */
export async function readAttachment(
  written: string,
  limits: AttachmentLimits,
  from: { readonly directory: string; readonly home: string },
): Promise<Attachment> {
  const path = resolve(from.directory, written.replace(/^~(?=\/|$)/u, from.home));
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw refused('not-found', `There is no file ${written}.`, 'The path starts at the current directory.');
  if (!found.isFile()) throw refused('not-a-file', `${written} is not a file.`, 'Name one file.');
  if (found.size > limits.maxBytes) {
    throw refused(
      'too-large',
      `${written} is larger than ${megabytes(limits.maxBytes)}.`,
      'attachments.maxBytes allows more.',
    );
  }
  const type = typeOf(path);
  if (!limits.types.some((allowed) => matches(type, allowed))) {
    throw refused(
      'wrong-type',
      `${written} (${type}) is not of a type that may be attached.`,
      `Allowed: ${limits.types.join(', ')}.`,
    );
  }
  return { name: basename(path), path, type, bytes: found.size };
}

/** The path in a paste that is nothing but the name of an image: what terminals give when a file is dragged into them. Else null. */
export function draggedImage(pasted: string): string | null {
  const text = pasted.trim();
  if (text === '' || /\n/u.test(text)) return null;
  const quoted = /^'(.*)'$|^"(.*)"$/u.exec(text);
  const path = quoted === null ? text.replace(/\\(.)/gu, '$1') : (quoted[1] ?? quoted[2] ?? '');
  const local = path.startsWith('file:///') ? decoded(path.slice('file://'.length)) : path;
  const absolute = local.startsWith('/') || local.startsWith('~/');
  return absolute && typeOf(local).startsWith('image/') ? local : null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function matches(type: string, allowed: string): boolean {
  return allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : type === allowed;
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError(code, message, { hint, exit: 2 });
}
