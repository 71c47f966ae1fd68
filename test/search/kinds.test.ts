import { describe, expect, it } from 'vitest';
import { kindOf, languageOf, promoteBuilds, stemNameOf } from '../../src/search/kinds.ts';

describe('kindOf', () => {
  it.each([
    ['lib/router/index.js', 'source'],
    ['httpx/_client.py', 'source'],
    ['command.go', 'source'],
    ['src/types.d.ts', 'types'],
    ['command_test.go', 'test'],
    ['tests/test_client.py', 'test'],
    ['src/a.spec.ts', 'test'],
    ['src/main/java/FooTest.java', 'test'],
    ['examples/hello.js', 'example'],
    ['docs/guide.md', 'docs'],
    ['README.md', 'docs'],
    ['CHANGELOG.md', 'changelog'],
    ['.changeset/brave-cats.md', 'changelog'],
    ['tsconfig.json', 'config'],
    ['.github/workflows/ci.yml', 'config'],
    ['vite.config.ts', 'config'],
    ['dist/index.js', 'generated'],
    ['api/service.pb.go', 'generated'],
    ['data/rows.csv', 'data'],
  ])('%s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});

describe('promoteBuilds', () => {
  const promote = (...paths: string[]) =>
    promoteBuilds(paths.map((path) => ({ path, kind: kindOf(path) }))).map((file) => file.kind);

  it('takes a build for the source where a package has nothing else', () => {
    expect(promote('package.json', 'README.md', 'dist/index.js', 'dist/index.d.ts')).toEqual([
      'config',
      'docs',
      'source',
      'types',
    ]);
  });

  it('leaves a build a build beside its source, package by package', () => {
    expect(promote('a/src/x.ts', 'a/dist/x.js', 'b/dist/y.js')).toEqual(['source', 'generated', 'source']);
  });
});

describe('stemNameOf', () => {
  it.each([
    ['lib/web.test.ts', 'web'],
    ['types/index.d.ts', 'index'],
    ['Makefile', 'Makefile'],
    ['.eslintrc', '.eslintrc'],
  ])('%s is called %s', (path, name) => {
    expect(stemNameOf(path)).toBe(name);
  });
});

describe('languageOf', () => {
  it.each([
    ['a.mts', 'javascript'],
    ['a.py', 'python'],
    ['a.rs', 'clike'],
    ['LICENSE', 'markdown'],
    ['Makefile', 'shell'],
    ['a.unknown', 'data'],
  ])('%s is read as %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });
});
