import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { nameFrom } from '../names.ts';
import { describeProject } from './project.ts';

/** A project that was found, with what it says about itself. */
export interface FoundProject {
  /** A name that an agent can have, different from all the others'. */
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  readonly description: string;
}

/** What makes a directory a project. */
const markers: ReadonlySet<string> = new Set([
  ...[
    '.git',
    'package.json',
    'deno.json',
    'pyproject.toml',
    'setup.py',
    'go.mod',
    'Cargo.toml',
    'pom.xml',
    'build.gradle',
  ],
  ...['build.gradle.kts', 'Gemfile', 'composer.json', 'mix.exs', 'CMakeLists.txt', 'pubspec.yaml', 'Package.swift'],
]);
const passedOver = /^(?:\.|_)|^(?:node_modules|vendor|dist|build|out|target|coverage|tmp|temp|venv)$/i;
const mostProjects = 20;

/**
 * The projects that somebody here probably means: this one and those beside it; or, where this is none, those below (two levels deep),
 * else those beside; else this directory. At most 20, in the order of their names, this one first.
 */
export function discoverProjects(directory: string): readonly FoundProject[] {
  const entries = entriesOf(directory);
  const found = isProject(entries)
    ? [directory, ...below(directory, 1, isRepository), ...beside(directory)]
    : firstOf(below(directory, 2, isProject), beside(directory), [directory]);
  return withNames([...new Set(found)].slice(0, mostProjects));
}

type Test = (entries: readonly Dirent[], directory: string) => boolean;

function isProject(entries: readonly Dirent[]): boolean {
  return entries.some(({ name }) => markers.has(name) || /\.(?:csproj|sln)$/.test(name));
}

function isRepository(entries: readonly Dirent[]): boolean {
  return entries.some(({ name }) => name === '.git');
}

/** Directories that pass the test; one that does is not looked into. */
function below(directory: string, levels: number, test: Test): readonly string[] {
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !passedOver.test(entry.name))
    .map(({ name }) => join(directory, name))
    .flatMap((child) => {
      const entries = entriesOf(child);
      if (isLinkedWorktree(entries, child)) return [];
      if (test(entries, child)) return [child];
      return levels > 1 ? below(child, levels - 1, test) : [];
    });
}

/** What lies beside a directory in a place for everybody's files has nothing to do with it. */
function beside(directory: string): readonly string[] {
  const parent = dirname(directory);
  if (parent === directory || parent === '/' || parent === tmpdir()) return [];
  return below(parent, 1, isProject).filter((sibling) => sibling !== directory);
}

/** A worktree is addressed as `@agent/branch`, not as an agent of its own. */
function isLinkedWorktree(entries: readonly Dirent[], directory: string): boolean {
  if (!entries.some((entry) => entry.name === '.git' && entry.isFile())) return false;
  try {
    return readFileSync(join(directory, '.git'), 'utf8').includes('/worktrees/');
  } catch {
    return false;
  }
}

function firstOf(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.find((list) => list.length > 0) ?? [];
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return [];
  }
}

function withNames(directories: readonly string[]): readonly FoundProject[] {
  const taken = new Set<string>();
  return directories.map((directory) => {
    const folder = basename(directory);
    const above = basename(dirname(directory));
    const counted = Array.from({ length: mostProjects }, (_, index) => `${nameFrom(folder).slice(0, 29)}-${index + 2}`);
    const candidates = [nameFrom(folder), nameFrom(`${above}-${folder}`), ...counted];
    const name = candidates.find((candidate) => !taken.has(candidate.toLowerCase())) ?? 'project';
    taken.add(name.toLowerCase());
    return { name, directory, description: describeProject(directory) };
  });
}
