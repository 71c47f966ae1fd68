import { describe, expect, it } from 'vitest';
import type { ProviderEvent, SearchHit, SearchResult } from '../../../src/agents/provider.ts';
import { search } from '../../../src/agents/providers/search.ts';
import { testTurn } from '../../contracts/provider.ts';

const hit = (path: string, more: Partial<SearchHit> = {}): SearchHit => ({
  path,
  line: 10,
  endLine: 12,
  text: 'const a = 1;\nconst b = 2;\nconst c = 3;',
  title: 'setUp',
  score: 1,
  ...more,
});

async function ask(result: Partial<SearchResult>): Promise<readonly ProviderEvent[]> {
  const whole = { hits: [], confidence: 1, nearest: [], files: 9, ...result };
  const run = {
    signal: new AbortController().signal,
    environment: {},
    spawn: () => {
      throw new Error('no process is ever started');
    },
    search: async () => whole,
  };
  return await Array.fromAsync(search.ask(testTurn(), run));
}

async function answerTo(result: Partial<SearchResult>): Promise<string> {
  const last = (await ask(result)).at(-1);
  return last?.type === 'answer' ? last.text : '';
}

describe('the search provider', () => {
  it('names every passage as a source, in order, and then answers', async () => {
    const events = await ask({ hits: [hit('src/a.ts'), hit('src/b.ts', { line: 7, endLine: 7 })] });
    expect(
      events.map((event) => (event.type === 'source' ? `${event.path}:${event.line}-${event.endLine}` : event.type)),
    ).toEqual(['src/a.ts:10-12', 'src/b.ts:7-7', 'answer']);
  });

  it('quotes the passages under their places, best file first', async () => {
    const text = await answerTo({ hits: [hit('src/a.ts'), hit('docs/b.md', { line: 7, endLine: 7, title: '' })] });
    expect(text).toContain('2 passages in 2 files, best first (9 files searched)');
    expect(text).toContain('**setUp** `src/a.ts:10-12`\n\n```ts\nconst a = 1;');
    expect(text.indexOf('src/a.ts:10-12')).toBeLessThan(text.indexOf('**b.md** `docs/b.md:7`'));
    expect(text).toContain('**b.md** `docs/b.md:7`');
  });

  it('names all distinct files, the later ones without their text', async () => {
    const files = ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts', 'f.ts'];
    const text = await answerTo({ hits: files.map((path) => hit(path, { text: `in ${path}` })) });
    for (const path of files) expect(text).toContain(`\`${path}:10-12\``);
    expect(text).toContain('in a.ts');
    expect(text).not.toContain('in f.ts');
  });

  it('cuts long passages short', async () => {
    const long = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    const text = await answerTo({ hits: [hit('a.ts', { text: long }), hit('b.ts', { text: long })] });
    expect(text.match(/^line \d+$/gm)?.length).toBeLessThan(40);
    expect(text).toContain('\n…\n');
  });

  it('lets no passage end its fence, and no title set emphasis', async () => {
    const text = await answerTo({ hits: [hit('a.md', { text: 'a\n```\nb\n````\nc', title: 'x* [y](z) <b>' })] });
    expect(text).toContain('`````md\na\n```\nb\n````\nc\n`````');
    expect(text).toContain('**x\\* \\[y\\](z) \\<b\\>**');
  });

  it('says so when what it found is weak', async () => {
    expect(await answerTo({ hits: [hit('a.ts')], confidence: 0.35 })).toMatch(
      /^Nothing fits well \(9 files searched\)\. Nearest to it, 1 passage in 1 file:/,
    );
  });

  it('says that nothing fits, and what is nearest', async () => {
    const text = await answerTo({ nearest: ['src/a.ts', 'odd`name.ts'] });
    expect(text).toMatch(/^Nothing found that fits \(9 files searched\)\. The nearest files:/);
    expect(text).toContain('- `src/a.ts`');
    expect(text).toContain('- `` odd`name.ts ``');
    expect(await answerTo({})).toBe('Nothing found that fits (9 files searched).');
  });

  it('needs nothing and nobody to be installed or signed in', async () => {
    expect(await search.status({})).toMatchObject({ installed: true, signedIn: 'yes', hint: null });
    expect(search.capabilities).toMatchObject({ extractive: true, readOnly: 'enforced' });
  });
});
