import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ProcessIdentity } from './provider.ts';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly startTime: string;
  /** Dead, and not collected by its parent yet. */
  readonly zombie: boolean;
}

/** What the operating system knows about processes. Dead ones that nobody has collected yet (zombies) count as gone. */
export interface ProcessTable {
  /** Null when there is none with this number. Blocks shortly: it must be known before anything else happens. */
  identity(pid: number): ProcessIdentity | null;
  /** Everything that descends from `pid`, without it. */
  descendants(pid: number): Promise<readonly ProcessIdentity[]>;
  /** Everything that was started for one of these asks, by its environment; nothing where the system does not show environments. */
  startedFor(askIds: ReadonlySet<string>): Promise<readonly ProcessIdentity[]>;
  /** Still there, and the same process. */
  runs(process: ProcessIdentity): boolean;
}

/** The variable that every provider process carries, and its children with it. */
export const askVariable = 'TUTTI_ASK';

/** Reads /proc on Linux and asks `ps` elsewhere. */
export function createProcessTable(): ProcessTable {
  return process.platform === 'linux' ? linuxTable() : psTable();
}

function linuxTable(): ProcessTable {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  const identify = (entry: ProcessEntry): ProcessIdentity => ({
    pid: entry.pid,
    group: entry.group,
    startTime: entry.startTime,
    boot,
  });
  return {
    identity(pid) {
      const entry = readStat(pid);
      return entry === null ? null : identify(entry);
    },
    async descendants(pid) {
      const all = await visit((id) => readStat(id));
      return descending(all, pid).map(identify);
    },
    async startedFor(askIds) {
      const found = await visit((id) => {
        const environment = read(`/proc/${id}/environ`);
        if (environment === null) return null;
        return askIds.has(variable(environment) ?? '') ? readStat(id) : null;
      });
      return found.map(identify);
    },
    runs: (known) => {
      const entry = readStat(known.pid);
      return entry !== null && !entry.zombie && same(identify(entry), known);
    },
  };
}

function psTable(): ProcessTable {
  const boot = bootTime();
  const identify = (entry: ProcessEntry): ProcessIdentity => ({
    pid: entry.pid,
    group: entry.group,
    startTime: entry.startTime,
    boot,
  });
  const columns = ['-o', 'pid=,ppid=,pgid=,stat=,lstart='];
  const one = (pid: number): ProcessEntry | null => {
    try {
      return parsePs(execFileSync('ps', [...columns, '-p', String(pid)], { encoding: 'utf8' }))[0] ?? null;
    } catch {
      return null;
    }
  };
  return {
    identity(pid) {
      const entry = one(pid);
      return entry === null ? null : identify(entry);
    },
    async descendants(pid) {
      const { stdout } = await promisify(execFile)('ps', ['-ax', ...columns], { maxBuffer: 16 * 1024 * 1024 }).catch(
        () => ({ stdout: '' }),
      );
      return descending(parsePs(stdout), pid).map(identify);
    },
    startedFor: async () => [],
    runs: (known) => {
      const entry = one(known.pid);
      return entry !== null && !entry.zombie && same(identify(entry), known);
    },
  };
}

function same(current: ProcessIdentity, known: ProcessIdentity): boolean {
  return current.startTime === known.startTime && current.boot === known.boot;
}

function descending(all: readonly ProcessEntry[], pid: number): readonly ProcessEntry[] {
  const children = Map.groupBy(all, (entry) => entry.parent);
  const found: ProcessEntry[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      open.push(child.pid);
    }
  }
  return found;
}

/** Goes over all processes but our own, giving way to other work in between. */
async function visit<T>(look: (pid: number) => T | null): Promise<T[]> {
  const found: T[] = [];
  let seen = 0;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const result = look(pid);
    if (result !== null) found.push(result);
    seen += 1;
    if (seen % 100 === 0) await setImmediate();
  }
  return found;
}

function readStat(pid: number): ProcessEntry | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold spaces and parentheses itself: everything after the last one has a fixed order.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined) return null;
  return { pid, parent: Number(parent), group: Number(group), startTime, zombie: state === 'Z' || state === 'X' };
}

function variable(environment: string): string | null {
  const prefix = `${askVariable}=`;
  const found = environment.split('\0').find((entry) => entry.startsWith(prefix));
  return found === undefined ? null : found.slice(prefix.length);
}

function parsePs(output: string): readonly ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null || match[5] === undefined) return [];
    const [, pid, parent, group, state, startTime] = match;
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        startTime,
        zombie: state?.startsWith('Z') === true,
      },
    ];
  });
}

function bootTime(): string {
  try {
    return execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

/** Sends a signal to a whole process group; nothing happens when it is gone. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  signalProcess(-group, signal);
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already, or never ours.
  }
}

/** A run of a provider: its own process, and what is known of its descendants. */
export interface Tree {
  readonly askId: string;
  /** Null when it is gone. */
  readonly root: ProcessIdentity | null;
  /** Collected before the root was signalled: afterwards orphans have lost their parent. */
  readonly descendants: readonly ProcessIdentity[];
}

/** Ends what is left of these runs by force, until a look finds nothing more. */
export async function killTrees(table: ProcessTable, trees: readonly Tree[]): Promise<void> {
  const asks = new Set(trees.map((tree) => tree.askId));
  for (const tree of trees) {
    if (tree.root !== null && tree.root.group === tree.root.pid) signalGroup(tree.root.group, 'SIGKILL');
  }
  let left: readonly ProcessIdentity[] = trees.flatMap((tree) => tree.descendants);
  for (let pass = 0; pass < 5; pass += 1) {
    const running = [...left, ...(await table.startedFor(asks))].filter((known) => table.runs(known));
    if (running.length === 0) return;
    const below = await Promise.all(running.map((known) => table.descendants(known.pid)));
    left = [...running, ...below.flat()];
    for (const known of left) {
      if (table.runs(known)) signalProcess(known.pid, 'SIGKILL');
    }
    await wait(5 * (pass + 1));
  }
}

/** A provider process whose Tutti died. `process` is null when it died before its process was known. */
export interface Orphan {
  readonly askId: string;
  readonly process: ProcessIdentity | null;
}

/**
 * Ends what dead instances left running, before anything is asked again: the recorded groups (same pid *and* same start time) and,
 * where the system shows environments, whatever carries the id of one of these asks. Asked to end first, forced after `graceMs`.
 */
export async function endOrphans(table: ProcessTable, orphans: readonly Orphan[], graceMs = 5000): Promise<void> {
  if (orphans.length === 0) return;
  const asks = new Set(orphans.map((orphan) => orphan.askId));
  const roots = orphans.flatMap(({ askId, process: root }) =>
    root !== null && table.runs(root) ? [{ askId, root }] : [],
  );
  const trees: Tree[] = await Promise.all(
    roots.map(async ({ askId, root }) => ({ askId, root, descendants: await table.descendants(root.pid) })),
  );
  const carrying = await table.startedFor(asks);
  const all = [...roots.map(({ root }) => root), ...trees.flatMap((tree) => tree.descendants), ...carrying];
  for (const known of all) signalProcess(known.pid, 'SIGTERM');
  const end = performance.now() + graceMs;
  while (performance.now() < end && all.some((known) => table.runs(known))) await wait(25);
  const rootless = [...asks].map((askId) => ({ askId, root: null, descendants: all }));
  await killTrees(table, [...trees, ...rootless]);
}

/** Ends trees that are handed in at about the same time with one look at all processes, not one each. */
export function createReaper(table: ProcessTable): (tree: Tree) => Promise<void> {
  let waiting: { readonly tree: Tree; readonly done: () => void }[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await killTrees(
        table,
        batch.map(({ tree }) => tree),
      );
      for (const { done } of batch) done();
    }
    busy = false;
  }

  return (tree) =>
    new Promise((resolve) => {
      waiting.push({ tree, done: resolve });
      if (!busy) void work();
    });
}
