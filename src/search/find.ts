import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SearchHit, SearchResult } from '../agents/provider.ts';
import { readableText } from './exclusions.ts';
import { CHUNKS_PER_FILE } from './index-file.ts';
import { createCopyFilter, passageIn } from './passages.ts';
import { type Query, readQuestion } from './question.ts';
import { type Corpus, type FileScore, inverseFrequency, rank } from './rank.ts';
import type { Analyzer } from './terms.ts';

const MOST_FILES = 8;
const MOST_CANDIDATES = 40;
const PASSAGES_PER_FILE = 2;
/** Below this share of the question, what was found does not fit it. */
export const ENOUGH = 0.3;

/** Answers a question from one project's index: passages of the best files, best file first. Reads the files it quotes anew. */
export function find(
  database: DatabaseSync,
  corpus: Corpus,
  root: string,
  question: string,
  analyzer: Analyzer,
): SearchResult {
  const query = readQuestion(question, analyzer);
  const scores = rank(corpus, query);
  const confidence = confidenceOf(scores);
  const fits = confidence >= ENOUGH;
  return {
    hits: fits ? collectHits(database, corpus, root, query, scores, analyzer) : [],
    confidence,
    nearest: scores.slice(0, 5).map((score) => score.file.path),
    files: corpus.files.size,
  };
}

/** How well the best files cover the question, weighted by rank. */
function confidenceOf(scores: readonly FileScore[]): number {
  const best = scores.slice(0, 5).map((score) => score.coverage);
  return best.length === 0 ? 0 : Math.min(1, Math.max(...best));
}

function collectHits(
  database: DatabaseSync,
  corpus: Corpus,
  root: string,
  query: Query,
  scores: readonly FileScore[],
  analyzer: Analyzer,
): readonly SearchHit[] {
  const isCopy = createCopyFilter();
  const rarity = rarityIn(corpus);
  const chunkRow = database.prepare('select line, end_line, title from chunk where id = ?');
  const hits: SearchHit[] = [];
  let files = 0;
  for (const { file, score, chunks } of scores.slice(0, MOST_CANDIDATES)) {
    if (files >= MOST_FILES) break;
    const lines = linesOf(join(root, file.path));
    if (lines === null) continue;
    const bestChunk = chunks[0]?.score ?? 0;
    let taken = 0;
    for (const chunk of chunks.slice(0, PASSAGES_PER_FILE)) {
      if (taken > 0 && chunk.score < 0.7 * bestChunk) break;
      const row = chunkRow.get(file.id * CHUNKS_PER_FILE + chunk.chunk);
      if (row === undefined) continue;
      const bounds = { line: Number(row.line), endLine: Number(row.end_line) };
      const passage = passageIn(lines, bounds, query, analyzer, rarity);
      if (passage.text.trim() === '' || isCopy(passage.text)) continue;
      hits.push({ path: file.path, ...passage, title: String(row.title), score });
      taken++;
    }
    if (taken > 0) files++;
  }
  return hits;
}

function rarityIn(corpus: Corpus): (term: string) => number {
  const known = new Map<string, number>();
  return (term) => {
    let rarity = known.get(term);
    if (rarity === undefined) {
      const holding = new Set<number>();
      for (const { file } of corpus.occurrences(term)) holding.add(file);
      rarity = inverseFrequency(corpus.files.size, holding.size);
      known.set(term, rarity);
    }
    return rarity;
  };
}

function linesOf(path: string): readonly string[] | null {
  try {
    return readableText(readFileSync(path))?.split('\n') ?? null;
  } catch {
    return null;
  }
}
