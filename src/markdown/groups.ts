/**
 * Items in runs, in order, each as long as it fits, and never empty: an item that does not fit alone is a run of its own. `fits` must not
 * come true again for a longer run; it is asked with runs of about the final length only, so this stays cheap for long lists.
 */
export function groups<Item>(
  items: readonly Item[],
  fits: (run: readonly Item[]) => boolean,
): readonly (readonly Item[])[] {
  const runs: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; ) {
    const length = longest(items.length - start, (count) => fits(items.slice(start, start + count)));
    runs.push(items.slice(start, start + length));
    start += length;
  }
  return runs;
}

/** The greatest count that fits, but at least one: by doubling, then by halving. */
function longest(most: number, fits: (count: number) => boolean): number {
  let good = 1;
  let bad = most + 1;
  while (good * 2 < bad) {
    if (!fits(good * 2)) bad = good * 2;
    else good *= 2;
  }
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
