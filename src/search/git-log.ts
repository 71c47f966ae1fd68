/** What people said when they changed files, read from the log of a git repository. */

/** One commit. Paths are relative to the directory that was asked about, as the files are called today. */
export interface Change {
  readonly subject: string;
  readonly paths: readonly string[];
}

export interface ChangeLog {
  /** Newest first. */
  readonly changes: readonly Change[];
  /** Names of the past and what they became. */
  readonly renames: ReadonlyMap<string, string>;
}

const MOST_CHANGES = 3_000;
/** Commits that touch more say nothing about any one of their files. */
const MOST_PATHS = 20;
const LONGEST_SILENCE_MS = 20_000;
/** Nothing is fetched, verified or run by asking for a log. */
const CONFIG = ['core.quotePath=false', 'log.showSignature=false', 'protocol.allow=never'];

/** The commit that the directory stands at, or null: no repository, no commit, no git. */
export async function readHead(directory: string): Promise<string | null> {
  const output = await git(directory, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return output === null || !/^[0-9a-f]{40,64}\s*$/.test(output) ? null : output.trim();
}

/** The newest commits that touch the directory, reachable from `head`; only those after `since` where it is one of its ancestors. */
export async function readChanges(directory: string, head: string, since: string | null): Promise<ChangeLog | null> {
  const range = since === null ? head : `${since}..${head}`;
  const output = await git(directory, [
    'log',
    '--no-merges',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--relative',
    '-M',
    '-l200',
    '-n',
    String(MOST_CHANGES),
    '--format=%x01%s',
    '--name-status',
    range,
    '--',
    '.',
  ]);
  return output === null ? null : parseLog(output);
}

/** Whether `ancestor` lies behind `head`. */
export async function isAncestor(directory: string, ancestor: string, head: string): Promise<boolean> {
  return (await git(directory, ['merge-base', ancestor, head]))?.trim() === ancestor;
}

/** Pure: reads what `readChanges` asks git for. */
export function parseLog(output: string): ChangeLog {
  const renames = new Map<string, string>();
  const changes: Change[] = [];
  for (const entry of output.split('\u0001').slice(1)) {
    const [subject, ...lines] = entry.split('\n');
    const paths = lines.flatMap((line) => {
      const [status, first, second] = line.split('\t');
      if (status === undefined || first === undefined) return [];
      const today = renames.get(second ?? first) ?? second ?? first;
      if (second !== undefined && status.startsWith('R')) renames.set(first, today);
      return [today];
    });
    if (paths.length > 0 && paths.length <= MOST_PATHS) changes.push({ subject: subject ?? '', paths });
  }
  return { changes, renames };
}

/** Null where git is missing, fails, or says nothing for too long. */
async function git(directory: string, args: readonly string[]): Promise<string | null> {
  const { simpleGit } = await import('simple-git');
  try {
    return await simpleGit({
      baseDir: directory,
      config: CONFIG,
      unsafe: { allowUnsafeProtocolOverride: true },
      timeout: { block: LONGEST_SILENCE_MS },
    }).raw([...args]);
  } catch {
    return null;
  }
}
