import { existsSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  loadedWith,
  parseSourceFile,
  readSourceTree,
  type SourceFile,
  type SourceImport,
} from './support/source-tree.ts';

const root = join(import.meta.dirname, '..');
const tree = readSourceTree(join(root, 'src'));

/** Lowest first. What stands in one line knows only the types of its neighbours. */
const levels: readonly (readonly string[])[] = [
  ['errors', 'usage', 'clean', 'nearest', 'format', 'lazy', 'off-thread', 'mask', 'environment'],
  ['names'],
  ['log'],
  ['store'],
  ['ledger', 'history', 'search', 'markdown', 'access'],
  ['agents', 'worktrees'],
  ['moderator', 'autorun', 'config'],
  // The grammar of commands, which all surfaces share.
  ['adapters'],
  ['commands'],
  ['runtime'],
  ['main'],
];
/** The entry, and what it is put together from. */
const composition: readonly string[] = ['main', 'program', 'host', 'serve', 'compose', 'banner', 'words'];
/** Contracts that anybody may know the types of. */
const contracts: readonly string[] = ['adapters/adapter.ts', 'agents/provider.ts'];
/** What a surface may know besides its own folder and the grammar. */
const knownToSurfaces: readonly string[] = [...levels.slice(0, 3).flat(), 'markdown', 'adapters'];
/** Packages that take longer to load than a prompt may take to appear. */
const heavy =
  /^(?:discord\.js|@discordjs\/.*|@slack\/.*|langchain|@langchain\/.*|remark.*|unified|mdast.*|simple-git|execa|pino|zod|yaml|highlight\.js)(?:\/|$)/;

/** The part of the program that a file belongs to: a folder, a surface (`adapters/slack`), or a file at the top. */
function partOf(path: string): string {
  const steps = path.replace(/\.ts$/, '').split('/');
  const [first = '', second = ''] = steps;
  if (first === 'adapters' && steps.length > 2) return `adapters/${second}`;
  return composition.includes(first) ? 'main' : first;
}

function levelOf(part: string): number {
  return levels.findIndex((level) => level.includes(part));
}

function isSurface(part: string): boolean {
  return part.startsWith('adapters/');
}

/** Why a file may not import another; null where it may. */
function arrowProblem(from: string, { target, isType }: SourceImport): string | null {
  const importer = partOf(from);
  const imported = partOf(target);
  if (importer === imported || (isType && contracts.includes(target))) return null;
  if (isSurface(importer))
    return knownToSurfaces.includes(imported) ? null : 'a surface knows only its contract and what is below it';
  if (isSurface(imported)) return importer === 'main' ? null : 'only the composition root knows a surface';
  const [own, other] = [levelOf(importer), levelOf(imported)];
  if (own < 0 || other < 0) return `"${own < 0 ? importer : imported}" has no level yet`;
  if (other < own || (other === own && isType)) return null;
  return `${importer} is below ${imported}, or beside it`;
}

function arrowProblems(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((one) => {
      const problem = one.isPackage ? null : arrowProblem(file.path, one);
      return problem === null ? [] : [`${file.path} imports ${one.target}: ${problem}`];
    }),
  );
}

/** Whether nothing of a file is left at run time. */
function isPureTypes({ text }: SourceFile): boolean {
  if (/^(?:export )?(?:async )?(?:function|const|class)\b/m.test(text)) return false;
  const code = stripTypeScriptTypes(text);
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*|export \{\s*\};?/g, '').trim() === '';
}

function linesMatching(pattern: RegExp, except: readonly string[] = []): readonly string[] {
  return tree
    .filter(({ path }) => !except.includes(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line) => (!/^\s*(?:\*|\/[/*])/.test(line) && pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
    );
}

describe('the arrows', () => {
  it('point one way, and surfaces stand beside', () => {
    expect(arrowProblems(tree)).toEqual([]);
  });

  it('are seen where they point the wrong way', () => {
    const wrong = [
      parseSourceFile('store/store.ts', "import { createLedger } from '../ledger/sqlite.ts';\n"),
      parseSourceFile('ledger/sqlite.ts', "import { createHistory } from '../history/sqlite.ts';\n"),
      parseSourceFile('adapters/slack/slack.ts', "import type { Moderator } from '../../moderator/moderator.ts';\n"),
      parseSourceFile('adapters/slack/slack.ts', "import { post } from '../discord/post.ts';\n"),
      parseSourceFile('runtime/runtime.ts', "const { slack } = await import('../adapters/slack/slack.ts');\n"),
      parseSourceFile('agents/agents.ts', "import {\n  ask,\n} from '../moderator/moderator.ts';\n"),
      parseSourceFile('errors.ts', "export * from './log.ts';\n"),
      parseSourceFile(
        'commands/ask.ts',
        "import { adapters } from '../adapters/adapter.ts';\nimport { x } from '../extra/x.ts';\n",
      ),
    ];
    expect(arrowProblems(wrong)).toHaveLength(8);
  });

  it('may point at the contracts from anywhere, and at types of a neighbour', () => {
    const right = [
      parseSourceFile(
        'ledger/ledger.ts',
        "import type { Access } from '../agents/provider.ts';\nimport type { A } from '../history/history.ts';\n",
      ),
      parseSourceFile(
        'adapters/slack/slack.ts',
        "import { split } from '../../markdown/split.ts';\nimport { a } from '../words.ts';\n",
      ),
    ];
    expect(arrowProblems(right)).toEqual([]);
  });
});

describe('the source tree', () => {
  it('has a test at the same path for every file that does something', () => {
    const untested = tree
      .filter((file) => !file.path.endsWith('/index.ts') && !isPureTypes(file))
      .filter(({ path }) => !existsSync(join(root, 'test', path.replace(/\.ts$/, '.test.ts'))));
    expect(untested.map(({ path }) => path)).toEqual([]);
  });

  it('has lists in its index files and nothing else', () => {
    const lists = tree.filter(({ path }) => path.endsWith('/index.ts'));
    expect(lists.length).toBeGreaterThan(0);
    expect(
      lists.filter(({ text }) => /\b(?:function|class|if|for|while|await)\b|=>/.test(text)).map(({ path }) => path),
    ).toEqual([]);
  });

  it('keeps no state in modules', () => {
    expect(linesMatching(/^(?:export )?(?:let|var) /)).toEqual([]);
    expect(linesMatching(/^(?:export )?const \w+ = (?:new (?:Weak)?(?:Map|Set)\b[^(]*\(\)|\[\]|\{\});?$/)).toEqual([]);
    expect(linesMatching(/^(?:export )?const \w+: (?:Weak)?(?:Map|Set|Array|Record)</)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    expect(
      linesMatching(/\bprocess\.env\b|\benv\b.*\bfrom 'node:process'|\benv\b[^=]*\} = process\b/, ['config.ts']),
    ).toEqual([]);
  });

  it('starts provider processes in one place', () => {
    expect(linesMatching(/from 'execa'|import\('execa'\)/, ['agents/run.ts'])).toEqual([]);
    // The table of processes asks the system's own `ps`; nothing else is started but through execa and simple-git.
    expect(
      linesMatching(/from 'node:child_process'|import\('node:child_process'\)/, ['agents/process-table.ts']),
    ).toEqual([]);
    expect(linesMatching(/\b(?:spawn|spawnSync|fork|exec|execSync)\b.*from 'node:child_process'/)).toEqual([]);
  });

  it('has one file that opens the database', () => {
    const openers = tree.filter(({ text }) => /\bnew DatabaseSync\b/.test(text)).map(({ path }) => partOf(path));
    expect(openers.filter((part) => part !== 'store' && part !== 'search')).toEqual([]);
  });
});

describe('the start', () => {
  it.each([
    ['program.ts', 10],
    ['adapters/terminal/interactive-mode.ts', 20],
    ['host.ts', 20],
  ])('loads no heavy package with %s before it is needed', (entry, least) => {
    const { files, packages } = loadedWith(entry, tree);
    expect(files.size).toBeGreaterThan(least);
    const found = [...packages].filter(([name]) => heavy.test(name)).map(([name, path]) => `${path} loads ${name}`);
    expect(found).toEqual([]);
  });

  it('would be seen to load one, however many files lie between', () => {
    const files = [
      parseSourceFile('a.ts', "import { b } from './b.ts';\nconst lazy = () => import('execa');\n"),
      parseSourceFile('b.ts', "import type { z } from 'zod';\nimport 'simple-git';\n"),
    ];
    expect([...loadedWith('a.ts', files).packages]).toEqual([['simple-git', 'b.ts']]);
  });

  it('needs no new Node before it has said that one is needed', () => {
    const { files, packages } = loadedWith('main.ts', tree);
    expect([...files]).toEqual(['main.ts']);
    expect([...packages.keys()].filter((name) => !name.startsWith('node:'))).toEqual([]);
  });
});
