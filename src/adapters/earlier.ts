/** As much as a prompt has room for. */
const mostMessages = 20;
const mostCharacters = 23_000;
/** Of one earlier message, in characters. */
export const longestEarlier = 4_000;

/**
 * Of what was said in a thread, oldest first: the newest that a prompt has room for, and before all others those that have to be
 * there (what the thread began with, what is asked about), in the same order. Pure.
 */
export function chooseEarlier<T extends { readonly text: string }>(
  said: readonly T[],
  mustStay: (message: T) => boolean,
): readonly T[] {
  const kept = new Set(said.filter(mustStay));
  const lengthOf = ({ text }: T) => Math.min(text.length, longestEarlier);
  let left = [...kept].reduce((rest, message) => rest - lengthOf(message), mostCharacters);
  for (const message of said.toReversed()) {
    if (kept.has(message)) continue;
    left -= lengthOf(message);
    if (left < 0 || kept.size >= mostMessages) break;
    kept.add(message);
  }
  return said.filter((message) => kept.has(message));
}
