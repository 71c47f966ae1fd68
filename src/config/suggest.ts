import { distance, nearest } from '../nearest.ts';

/**
 * ` (did you mean "timeout"?)`, or nothing where nothing fits. Bolder than with names in chat: a wrong guess costs nothing here, and
 * `max_asks_per_question` still leads to `maxAsks`.
 */
export function didYouMean(written: unknown, names: readonly string[]): string {
  if (typeof written !== 'string' || written === '' || written.length > 100) return '';
  const close = nearest(written, names)[0] ?? mostAlike(written, names);
  return close === undefined ? '' : ` (did you mean "${close}"?)`;
}

function mostAlike(written: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_ ]/g, '');
  const [best] = names
    .map((name) => ({ name, edits: distance(plain(written), plain(name)) }))
    .filter(
      ({ name, edits }) => edits <= Math.max(written.length, name.length) / 2 || plain(written).startsWith(plain(name)),
    )
    .sort((one, other) => one.edits - other.edits);
  return best?.name;
}
