import { describe, expect, it } from 'vitest';
import { builtFrom, kindOf, languageOf } from '../../src/search/kinds.ts';

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

describe('builtFrom', () => {
  it('names the package that a build belongs to', () => {
    expect(builtFrom('packages/a/dist/x/y.js')).toBe('packages/a/');
    expect(builtFrom('dist/x.js')).toBe('');
    expect(builtFrom('src/x.js')).toBeNull();
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
