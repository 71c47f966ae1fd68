import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { messageOf, UserError } from '../errors.ts';

export interface NewDocument {
  /** Of the agent; absolute. */
  readonly directory: string;
  /** Where Auto Run looks for documents, inside the directory. */
  readonly folder: string;
  /** One step of a path; see `documentName`. */
  readonly name: string;
  readonly text: string;
}

export interface SavedDocument {
  /** Relative to the agent's directory, with `/`. */
  readonly path: string;
  /** The same document lay there already. */
  readonly already: boolean;
}

/** Bytes of a document. */
export const longestDocument = 1024 * 1024;
const mostNamesakes = 100;

/**
 * Puts a document where Auto Run looks for it. Nothing that is there is overwritten: a number is appended to its name, unless the same
 * document lies there. All of it is written, or nothing. Throws UserErrors: `document-too-large`, `no-directory`, `outside` where the
 * folder leads out of the agent's directory, `not-saved` with the system's reason.
 */
export async function saveDocument(document: NewDocument): Promise<SavedDocument> {
  const { directory, name } = document;
  const content = Buffer.from(document.text, 'utf8');
  if (content.length > longestDocument) {
    throw new UserError('document-too-large', `${name} is larger than 1 MiB.`, { hint: 'Divide it into several.' });
  }
  try {
    const base = await realpath(directory);
    const folder = await makeFolder(base, document.folder);
    return await place(folder, name, content, (file) => relative(base, file).split(sep).join('/'));
  } catch (error) {
    throw error instanceof UserError ? error : systemError(error, document);
  }
}

/** Step by step, so that nothing is made behind a link that leads out. */
async function makeFolder(base: string, folder: string): Promise<string> {
  let current = base;
  for (const step of folder.split(/[/\\]/).filter((each) => each !== '' && each !== '.')) {
    const next = join(current, step);
    await mkdir(next).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    // A link that leads nowhere leads out as well.
    current = await realpath(next).catch(() => sep);
    if (!isInside(relative(base, current))) {
      throw new UserError('outside', `The folder ${folder} leads out of the agent's directory.`, {
        hint: 'Make it a folder of its own, or name another one under "autorun.folder".',
      });
    }
  }
  return current;
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

async function place(
  folder: string,
  name: string,
  content: Buffer,
  shown: (file: string) => string,
): Promise<SavedDocument> {
  const draft = join(folder, `.${randomUUID()}.tmp`);
  await write(draft, content);
  try {
    for (let number = 1; number <= mostNamesakes; number += 1) {
      const file = join(folder, number === 1 ? name : name.replace(/(?=\.md$)/, `-${number}`));
      if (await claim(draft, file, content)) return { path: shown(file), already: false };
      if (await holds(file, content)) return { path: shown(file), already: true };
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new UserError('not-saved', `${mostNamesakes} documents are called ${name} already.`, {
    hint: 'Give it another name.',
  });
}

/** Gives the draft its name; false where something has it. A link is made whole or not at all, and never over something. */
async function claim(draft: string, file: string, content: Buffer): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Some file systems have no links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
  }
  try {
    await write(file, content);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Never over something; nothing is left of what could not be written. */
async function write(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function holds(file: string, content: Buffer): Promise<boolean> {
  const stats = await lstat(file);
  return stats.isFile() && stats.size === content.length && content.equals(await readFile(file));
}

function systemError(error: unknown, { name }: NewDocument): UserError {
  if (codeOf(error) === 'ENOENT') {
    return new UserError('no-directory', `The agent's directory is not there, so ${name} could not be saved.`, {
      hint: '/agents list shows where it should be.',
      cause: error,
    });
  }
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'the agent’s directory may not be written to',
    EROFS: 'the agent’s directory is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'something that is no folder is in the way',
  };
  const reason = reasons[codeOf(error)] ?? messageOf(error);
  return new UserError('not-saved', `${name} could not be saved: ${reason}.`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
