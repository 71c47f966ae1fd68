import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';

const kept = 1000;
const onlyMe = { mode: 0o600 } as const;

/** The lines sent in former sessions, oldest first; none where the file is missing or unreadable, for typing needs no history. */
export async function loadLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').flatMap(readLine);
  if (lines.length <= kept * 2) return lines.slice(-kept);
  const newest = lines.slice(-kept);
  await shorten(path, newest);
  return newest;
}

/** Adds one line for later sessions. Each stands as JSON, so that it may have several lines of its own. Several processes may do so. */
export async function saveLine(path: string, line: string): Promise<void> {
  await appendFile(path, `${JSON.stringify(line)}\n`, onlyMe).catch(() => undefined);
}

async function shorten(path: string, lines: readonly string[]): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), onlyMe)
    .then(() => rename(fresh, path))
    .catch(() => undefined);
}

function readLine(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? [value] : [];
  } catch {
    return [];
  }
}
