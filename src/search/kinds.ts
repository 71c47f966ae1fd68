/** What a file is for, read from its path. Pure. */

export type FileKind = 'source' | 'types' | 'test' | 'example' | 'docs' | 'changelog' | 'config' | 'data' | 'generated';

export type Language = 'javascript' | 'python' | 'go' | 'ruby' | 'shell' | 'clike' | 'markup' | 'markdown' | 'data';

const LANGUAGES: Readonly<Record<Language, string>> = {
  javascript: 'js mjs cjs jsx ts mts cts tsx vue svelte astro',
  python: 'py pyi pyx',
  go: 'go',
  ruby: 'rb rake gemspec ex exs cr',
  shell: 'sh bash zsh fish ps1 psm1 pl pm r jl mk cmake nix',
  clike:
    'c h cc cpp cxx hh hpp hxx m mm java kt kts scala groovy cs fs swift rs zig dart php d v sol proto thrift graphql gql lua hs ml mli ' +
    'clj cljs erl hrl elm sql css scss sass less',
  markup: 'html htm xml xhtml hbs ejs pug mustache tmpl tpl jinja j2 twig liquid',
  markdown: 'md mdx markdown rst adoc txt text org',
  data: 'json jsonc json5 yaml yml toml ini cfg conf properties env csv tsv ndjson jsonl',
};

const LANGUAGE_BY_EXTENSION = new Map(
  (Object.keys(LANGUAGES) as Language[]).flatMap((language) =>
    (LANGUAGES[language] ?? '').split(' ').map((extension): [string, Language] => [extension, language]),
  ),
);

const TEST_DIRECTORY =
  /(^|\/)(tests?|__tests__|specs?|testing|e2e|fixtures?|__fixtures__|testdata|test[-_]?utils|mocks?|__mocks__|benchmarks?|bench|benches|perf)\//;
const TEST_NAME =
  /(^|\/)(test_[^/]*|conftest|[^/]*(_test|_spec|\.test|\.spec|\.tests|\.bench|test-d|\.cy))\.[a-z0-9.]+$/;
const CAMEL_TEST_NAME = /[a-z](Test|Tests|Spec)\.[a-z]+$/;
const EXAMPLE_DIRECTORY =
  /(^|\/)(examples?|samples?|demos?|playgrounds?|sandbox|_examples?|tutorials?|templates?\/[^/]+)\//;
const DOCS_DIRECTORY = /(^|\/)(docs?|documentation|website|site|wiki|guides?|rfcs?|adr)\//;
const GENERATED_DIRECTORY =
  /(^|\/)(dist|build|out|output|bundle|esm|cjs|umd|vendor|third[-_]party|generated|__generated__)\//;
const GENERATED_NAME = /(\.(pb|generated|gen|g)\.[a-z]+|_pb2(_grpc)?\.py|_generated\.[a-z]+|\.pb\.go|_string\.go)$/;
const CHANGELOG_NAME = /(^|\/)(changelog|changes|history|releases?|release[-_]?notes|news|migration|upgrading)[^/]*$/;
const CHANGELOG_DIRECTORY = /(^|\/)(changelogs?|newsfragments|\.changeset|changes|releases?|release[-_]notes)\//;
const PROSE_NAME =
  /(^|\/)(readme|license|licence|copying|authors|contributors|contributing|security|code_of_conduct|notice)[^/]*$/;

const LEGAL_NAME =
  /(^|\/)(un)?(licen[cs]e|copying|notice|authors|contributors|patents|code_of_conduct|third[-_]?party[^/]*)(-[a-z0-9]+)?(\.[a-z]+)?$/;

/** The family of rules by which a file's definitions and comments are found. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return PROSE_NAME.test(name) ? 'markdown' : 'shell';
  return LANGUAGE_BY_EXTENSION.get(name.slice(dot + 1)) ?? 'data';
}

/** What the path alone tells. `generated` is a guess: where a package has nothing else, it is its source. */
export function kindOf(path: string): FileKind {
  const lower = path.toLowerCase();
  const language = languageOf(path);
  if (isLegal(path)) return 'data';
  if (CHANGELOG_DIRECTORY.test(lower) || (language === 'markdown' && CHANGELOG_NAME.test(lower))) return 'changelog';
  if (TEST_DIRECTORY.test(lower) || TEST_NAME.test(lower) || CAMEL_TEST_NAME.test(path)) return 'test';
  if (EXAMPLE_DIRECTORY.test(lower)) return 'example';
  if (language === 'markdown') return 'docs';
  if (GENERATED_DIRECTORY.test(lower) || GENERATED_NAME.test(lower)) return 'generated';
  if (DOCS_DIRECTORY.test(lower)) return 'docs';
  if (language === 'data') return /\.(csv|tsv|ndjson|jsonl)$/.test(lower) ? 'data' : 'config';
  if (lower.startsWith('.') || /(^|\/)\.[^/]+\//.test(lower)) return 'config';
  if (/\.d\.[mc]?ts$|\.pyi$|\.d\.ts$/.test(lower)) return 'types';
  return language === 'shell' || isToolConfiguration(lower) ? 'config' : 'source';
}

/** Licences and the like: nobody asks how something behaves and means them. */
export function isLegal(path: string): boolean {
  return languageOf(path) === 'markdown' && LEGAL_NAME.test(path.toLowerCase());
}

/** The directory whose build a generated file is: `packages/a/dist/x.js` → `packages/a/`. Null where it is none. */
function builtFrom(path: string): string | null {
  const match = GENERATED_DIRECTORY.exec(path.toLowerCase());
  return match === null ? null : path.slice(0, match.index + (match[1] ?? '').length);
}

/** A file's own name without its extensions: `lib/web.test.ts` → `web`. */
export function stemNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)(\.(test|spec))?(\.d)?\.[a-z0-9]+$/i, '');
}

/** Where a package has nothing but what was built, that is its source. */
export function promoteBuilds<T extends { readonly path: string; readonly kind: FileKind }>(
  files: readonly T[],
): readonly T[] {
  const sources = new Set<string>();
  for (const { path, kind } of files) {
    if (kind !== 'source') continue;
    sources.add('');
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) sources.add(path.slice(0, at + 1));
  }
  return files.map((file) => {
    if (file.kind !== 'generated') return file;
    const owner = builtFrom(file.path);
    if (owner === null || sources.has(owner)) return file;
    return { ...file, kind: /\.d\.[mc]?ts$/.test(file.path) ? 'types' : 'source' };
  });
}

function isToolConfiguration(path: string): boolean {
  return (
    /(^|\/)[^/]*\.config\.[mc]?[jt]s$/.test(path) ||
    /^(setup|noxfile|fabfile|gulpfile|gruntfile|rakefile|webpack[^/]*|rollup[^/]*|karma[^/]*|jest[^/]*)\.[a-z]+$/.test(
      path,
    )
  );
}
