import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SearchHit, SearchResult } from '../agents/provider.ts';
import type { Corpus } from './corpus.ts';
import { readableText } from './exclusions.ts';
import { CHUNKS_PER_FILE } from './index-file.ts';
import { inverseFrequency } from './measure.ts';
import { areCopies, createCopyFilter, type Passage, passageIn } from './passages.ts';
import type { Query } from './question.ts';
import type { FileScore, Ranking } from './rank.ts';
import type { Analyzer } from './terms.ts';

const MOST_FILES = 8;
const MOST_CANDIDATES = 24;
const MOST_NEAREST = 5;
/** A file so many times the size of another that has the same passage is a bundle of it. */
const BUNDLED = 3;
/** Shorter passages are alike by chance. */
const TELLING_LINES = 8;
const PASSAGES_PER_FILE = 2;
/** A second passage of a file is quoted when it says nearly as much as the first. */
const AS_GOOD = 0.7;
/** Of questions about a project 99 in 100 reach this there, of questions about something else one in six. */
const ENOUGH = 0.36;
/** What is no question reports something that is there: a title, a symptom. It is taken at its word more readily. */
const ENOUGH_OF_REPORT = 0.25;
/** The title of a repair is about the project even where the project has other words for it: less is beside the question. */
const ENOUGH_OF_REPAIR = 0.12;
/** Divides what speaks for a file into the same measure: a strong file speaks for itself, however many words of the question it lacks. */
const EVIDENCE_UNIT = 11.7;

/** One project, opened for one question. */
export interface Opened {
  readonly database: DatabaseSync;
  readonly corpus: Corpus;
  readonly root: string;
  readonly analyzer: Analyzer;
}

/** Passages of the best files, best file first, read anew from the files themselves; nothing where nothing fits. */
export function quote(opened: Opened, query: Query, ranking: Ranking): SearchResult {
  const confidence = fitOf(ranking);
  return {
    hits: confidence >= enoughFor(query) ? collectHits(opened, query, ranking) : [],
    confidence,
    nearest: ranking.files.slice(0, MOST_NEAREST).map(({ file }) => file.path),
    files: opened.corpus.files.size,
  };
}

function enoughFor({ isQuestion, isRepair }: Query): number {
  if (isQuestion) return ENOUGH;
  return isRepair ? ENOUGH_OF_REPAIR : ENOUGH_OF_REPORT;
}

/** How much of the question stands in one place of the best files, or else how much speaks for any: 0 … 1. */
function fitOf({ files, evidence }: Ranking): number {
  const fits = files.slice(0, MOST_NEAREST).map(({ fit }) => fit);
  return Math.min(1, Math.max(0, ...fits, evidence / EVIDENCE_UNIT));
}

function collectHits(opened: Opened, query: Query, ranking: Ranking): readonly SearchHit[] {
  const isCopy = createCopyFilter();
  const rarity = (index: number) => inverseFrequency(opened.corpus.files.size, ranking.tally.holding[index] ?? 0);
  const wanted = new Map(query.terms.map(({ term, weight }, index) => [term, weight * rarity(index)]));
  const hits: SearchHit[] = [];
  let files = 0;
  const candidates = ranking.files.slice(0, MOST_CANDIDATES).map((scored) => ({
    scored,
    passages: passagesOf(opened, scored, wanted).filter(({ text }) => text.trim() !== ''),
  }));
  for (const { scored, passages } of originalsFirst(candidates)) {
    if (files >= MOST_FILES) break;
    const fresh = passages.filter(({ text }) => !isCopy(text));
    if (fresh.length > 0) files++;
    for (const passage of fresh) hits.push({ path: scored.file.path, ...passage, score: scored.score });
  }
  return hits;
}

interface Candidate {
  readonly scored: FileScore;
  readonly passages: readonly Passage[];
}

/** A bundle holds copies of what it was made from: the small file that has the passage is the one to name, in its place. */
function originalsFirst<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const left = [...candidates];
  const ordered: T[] = [];
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const [size, passage] = [first.scored.file.codeLength, first.passages[0]];
    const original = left.findIndex(({ scored, passages: [other] }) => {
      if (passage === undefined || other === undefined || scored.file.codeLength * BUNDLED > size) return false;
      const isLong = [other, passage].every(({ line, endLine }) => endLine - line >= TELLING_LINES);
      return isLong && scored.file.kind === 'source' && areCopies(other.text, passage.text);
    });
    ordered.push(...left.splice(Math.max(0, original), 1));
  }
  return ordered;
}

function passagesOf(
  { database, root, analyzer }: Opened,
  { file, chunks }: FileScore,
  wanted: ReadonlyMap<string, number>,
): readonly (Passage & { readonly title: string })[] {
  const lines = linesOf(join(root, file.path));
  if (lines === null) return [];
  const find = database.prepare('select line, end_line, title from chunk where id = ?');
  const best = chunks[0]?.score ?? 0;
  const chosen = chunks.length === 0 ? [{ chunk: 0, score: 0 }] : chunks.slice(0, PASSAGES_PER_FILE);
  return chosen
    .filter(({ score }) => score >= AS_GOOD * best)
    .flatMap(({ chunk }) => {
      const row = find.get(file.id * CHUNKS_PER_FILE + chunk);
      if (row === undefined) return [];
      const bounds = { line: Number(row.line), endLine: Number(row.end_line) };
      return [{ ...passageIn(lines, bounds, wanted, analyzer), title: String(row.title) }];
    });
}

function linesOf(path: string): readonly string[] | null {
  try {
    return readableText(readFileSync(path))?.split('\n') ?? null;
  } catch {
    return null;
  }
}
