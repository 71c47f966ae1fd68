import { chunksOf } from '../../src/search/chunks.ts';
import type { Corpus, Field, IndexedChange, IndexedFile, Occurrence } from '../../src/search/corpus.ts';
import { kindOf, promoteBuilds, stemNameOf } from '../../src/search/kinds.ts';
import { pastOf } from '../../src/search/read-corpus.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

const fields: readonly Field[] = ['symbols', 'prose', 'code'];

/** A project in memory: its files, and its commits, oldest first, as what they said and which files they changed. */
export function corpusOf(
  texts: Readonly<Record<string, string>>,
  commits: readonly { readonly subject: string; readonly paths: readonly string[] }[] = [],
  name = 'project',
): Corpus {
  const analyzer = createAnalyzer();
  const paths = Object.keys(texts);
  const said = commits.map(({ subject }) => analyzer.terms(subject));
  const changes: IndexedChange[] = commits.map((commit, index) => ({
    id: index + 1,
    size: commit.paths.length,
    length: said[index]?.length ?? 0,
    files: commit.paths.map((path) => paths.indexOf(path)).filter((id) => id >= 0),
  }));
  const occurrences = new Map<string, Occurrence[]>();
  const files = paths.map((path, id): IndexedFile => {
    const lengths = { symbols: 0, prose: 0, code: 0 };
    for (const [chunk, content] of chunksOf(path, texts[path] ?? '').entries()) {
      for (const field of fields) {
        const terms = analyzer.terms(content[field]);
        lengths[field] += terms.length;
        for (const [term, found] of Map.groupBy(terms, (one) => one)) {
          const list = occurrences.get(term) ?? [];
          occurrences.set(term, list);
          list.push({ file: id, chunk, field, count: found.length });
        }
      }
    }
    return {
      id,
      path,
      kind: kindOf(path),
      name: analyzer.terms(stemNameOf(path)),
      directory: analyzer.terms(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
      proseLength: lengths.prose,
      codeLength: lengths.code,
      ...pastOf(
        changes.filter((change) => change.files.includes(id)),
        changes.length,
      ),
    };
  });
  return {
    name,
    files: new Map(promoteBuilds(files).map((file) => [file.id, file])),
    changes: new Map(changes.map((change) => [change.id, change])),
    occurrences: (term) => ({
      inFiles: occurrences.get(term) ?? [],
      inChanges: changes.filter((_, index) => said[index]?.includes(term)).map((change) => change.id),
    }),
  };
}
