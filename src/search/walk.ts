import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isSecretName, isSkippedDirectory, isWorthlessName } from './exclusions.ts';

/** A file that may be indexed. `path` is relative to the walked directory, with `/`. */
export interface WalkedFile {
  readonly path: string;
  readonly size: number;
  /** Changes whenever the file was written, moved or touched. */
  readonly stamp: string;
}

/** Ignore rules of one directory; they see paths below that directory only. */
interface Rules {
  readonly base: string;
  readonly matcher: Ignore;
}

const LARGEST_FILE = 1_500_000;

/**
 * The files below `root` that may be indexed, directory by directory. Ignore files count from `root` downward, so a root
 * that is itself ignored by its repository is walked all the same. Links are not followed: what they point to inside is
 * met anyway, what lies outside is none of ours. Directories that cannot be read are passed over, and so is `except`, an
 * absolute path.
 */
export function* walk(root: string, except: string | null = null): Generator<WalkedFile> {
  yield* walkDirectory({ root, except }, '', []);
}

interface Walk {
  readonly root: string;
  readonly except: string | null;
}

function* walkDirectory(within: Walk, directory: string, inherited: readonly Rules[]): Generator<WalkedFile> {
  const { root, except } = within;
  const entries = readEntries(join(root, directory));
  const rules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    ? [...inherited, readRules(root, directory)]
    : inherited;
  for (const entry of entries) {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (
        !isSkippedDirectory(entry.name) &&
        !isIgnored(rules, `${path}/`) &&
        !isForeign(root, path) &&
        join(root, path) !== except
      ) {
        yield* walkDirectory(within, path, rules);
      }
    } else if (entry.isFile() && !isSecretName(entry.name) && !isWorthlessName(entry.name) && !isIgnored(rules, path)) {
      const file = describe(root, path);
      if (file !== null && file.size > 0 && file.size <= LARGEST_FILE) yield file;
    }
  }
}

function readEntries(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function readRules(root: string, directory: string): Rules {
  const matcher = ignore({ allowRelativePaths: true });
  try {
    matcher.add(readFileSync(join(root, directory, '.gitignore'), 'utf8'));
  } catch {
    // An ignore file that cannot be read ignores nothing.
  }
  return { base: directory === '' ? '' : `${directory}/`, matcher };
}

/** The innermost file that says anything about a path decides, as git has it. */
function isIgnored(rules: readonly Rules[], path: string): boolean {
  for (const { base, matcher } of rules.toReversed()) {
    const verdict = matcher.test(path.slice(base.length));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/** A virtual environment is somebody else's code, whatever its directory is called. */
function isForeign(root: string, path: string): boolean {
  return /(^|\/)\.?v?env$/i.test(path) && describe(root, `${path}/pyvenv.cfg`) !== null;
}

function describe(root: string, path: string): WalkedFile | null {
  try {
    const { size, mtimeMs, ctimeMs } = lstatSync(join(root, path));
    return { path, size, stamp: `${size}:${mtimeMs}:${ctimeMs}` };
  } catch {
    return null;
  }
}
