/**
 * How many single-character edits (insert, delete, replace, swap of neighbours) lead from one word to the other:
 * the Damerau–Levenshtein distance, by code points. Case counts; callers fold it where it should not.
 */
export function distance(from: string, to: string): number {
  const source = [...from];
  const target = [...to];
  let beforeLast: number[] = [];
  let last = target.map((_, index) => index + 1);
  last.unshift(0);
  for (const [row, letter] of source.entries()) {
    const current = [row + 1];
    for (const [column, other] of target.entries()) {
      const replaced = (last[column] ?? 0) + (letter === other ? 0 : 1);
      let best = Math.min((last[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1, replaced);
      if (row > 0 && column > 0 && letter === target[column - 1] && source[row - 1] === other) {
        best = Math.min(best, (beforeLast[column - 1] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[target.length] ?? 0;
}

/**
 * The names that somebody who wrote `word` may have meant, nearest first: one edit away for words of up to four letters, two for
 * longer ones, or names that begin with it. Without regard to case; empty where nothing is close.
 */
export function nearest(word: string, names: readonly string[]): readonly string[] {
  const written = word.toLowerCase();
  if (written === '') return [];
  const reach = [...written].length <= 4 ? 1 : 2;
  return names
    .map((name) => ({ name, lower: name.toLowerCase() }))
    .map(({ name, lower }) => ({ name, edits: editsWithin(reach, written, lower), begins: lower.startsWith(written) }))
    .filter(({ edits, begins }) => edits <= reach || begins)
    .sort((one, other) => Math.min(one.edits, reach + 1) - Math.min(other.edits, reach + 1))
    .map(({ name }) => name);
}

/** Words whose lengths differ by more than the reach are not compared letter by letter: what people write may be long. */
function editsWithin(reach: number, written: string, name: string): number {
  const spread = Math.abs([...written].length - [...name].length);
  return spread > reach ? spread : distance(written, name);
}
