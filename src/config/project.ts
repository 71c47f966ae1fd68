import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { clean } from '../clean.ts';

const longest = 120;
const readBytes = 64 * 1024;
/** Lines of a README are looked at this far: patterns over a line without end take without end. */
const lineLength = 1000;

/**
 * What a project says about itself in a line: the description of its package.json, else the first line of prose of its README, else
 * nothing. Written by strangers, so it comes back clean, on one line and short.
 */
export function describeProject(directory: string): string {
  return oneLine(fromManifest(directory) ?? fromReadme(directory) ?? '');
}

function fromManifest(directory: string): string | null {
  try {
    const manifest: unknown = JSON.parse(beginningOf(join(directory, 'package.json')) ?? '');
    if (typeof manifest !== 'object' || manifest === null || !('description' in manifest)) return null;
    return typeof manifest.description === 'string' && manifest.description.trim() !== '' ? manifest.description : null;
  } catch {
    return null;
  }
}

function fromReadme(directory: string): string | null {
  for (const name of ['README.md', 'readme.md', 'README', 'README.rst', 'README.txt']) {
    const text = beginningOf(join(directory, name));
    const line = text
      ?.split('\n')
      .map((text) => withoutMarkup(text.slice(0, lineLength).trim()))
      .find(isProse);
    if (line !== undefined) return line;
  }
  return null;
}

/** Titles, badges, pictures, quotes, tables and HTML say little; a line of prose has words. */
function isProse(line: string): boolean {
  const words = line.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return words.length > 1 && !/^(?:[#<>|!:]|\[!|={3}|-{3}|\*{3}|```|\.\.)/.test(line);
}

function withoutMarkup(line: string): string {
  if (!isProse(line)) return line;
  return line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]|__/g, '')
    .trim();
}

function oneLine(text: string): string {
  const line = clean(text.slice(0, lineLength)).replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  return `${line
    .slice(0, longest)
    .replace(/\s\S*$/, '')
    .toWellFormed()} …`;
}

/** Only regular beginnings are read: a README may be huge. Null where there is none. */
function beginningOf(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(readBytes);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, readBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
