/** The first `1.2.3` in what a program prints for `--version`, or null. */
export function parseVersion(text: string): string | null {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? null;
}

/** Compares versions number by number: whether `version` is older than `bound`. */
export function versionBelow(version: string, bound: string): boolean {
  const left = version.split('.').map(Number);
  const right = bound.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
