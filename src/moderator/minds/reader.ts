import type { Analyzer } from '../../search/terms.ts';

/** Who reads passages: what each word of the question is worth. */
export interface Reader {
  readonly analyzer: Analyzer;
  readonly wanted: ReadonlyMap<string, number>;
}

/** How much of what is wanted a text has; saying it again does not count. */
export function worthOf(text: string, { analyzer, wanted }: Reader): number {
  let worth = 0;
  for (const term of new Set(analyzer.terms(text))) worth += wanted.get(term) ?? 0;
  return worth;
}

/** As `worthOf`, but saying it again counts too, ever less. */
export function weightOf(text: string, { analyzer, wanted }: Reader): number {
  const counts = Map.groupBy(analyzer.terms(text), (term) => term);
  let weight = 0;
  for (const [term, found] of counts) weight += (wanted.get(term) ?? 0) * (1 + Math.log(found.length));
  return weight;
}

/** Index of the text that says most of what is wanted; null where none says any of it. */
export function bestOf(texts: readonly string[], reader: Reader): number | null {
  const worths = texts.map((text) => worthOf(text, reader));
  const best = Math.max(0, ...worths);
  return best === 0 ? null : worths.indexOf(best);
}

/** Cut at a word, with a sign that it was. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/\s+\S*$/, '')} …`;
}
