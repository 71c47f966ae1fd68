/** Completion of paths. Pure. */

/** Paths that fit what was typed: whole name first, then the beginning of a name, of a directory, then letters in order. */
export function completePaths(paths: readonly string[], typed: string, limit: number): readonly string[] {
  const wanted = typed.toLowerCase();
  const scored = paths.flatMap((path) => {
    const score = scoreOf(path.toLowerCase(), wanted);
    return score === null ? [] : [{ path, score }];
  });
  scored.sort((a, b) => a.score - b.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  return scored.slice(0, limit).map(({ path }) => path);
}

/** Lower is better; null where it does not fit. */
function scoreOf(path: string, wanted: string): number | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (wanted === '') return path.split('/').length;
  if (path.startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  if (path.includes(`/${wanted}`)) return 2;
  if (path.includes(wanted)) return 3;
  return isSpreadOver(path, wanted) ? 4 : null;
}

function isSpreadOver(path: string, wanted: string): boolean {
  let at = -1;
  for (const character of wanted) {
    at = path.indexOf(character, at + 1);
    if (at === -1) return false;
  }
  return true;
}
