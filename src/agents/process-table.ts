import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
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
  /**
   * Everything that was started for one of these asks, by its environment; nothing where the system does not show environments.
   */
  startedFor(askIds: ReadonlySet<string>, where?: Where): Promise<readonly ProcessIdentity[]>;
  /** Still there, and the same process. */
  runs(process: ProcessIdentity): boolean;
}

/** What need not be looked at, because it is known beforehand. */
export interface Where {
  /** Only what may be younger than this one; null: everything. */
  readonly since?: ProcessAge | null;
  /** Numbers of processes that run and are known: with many asks at once, nearly all that are young. */
  readonly except?: ReadonlySet<number>;
}

/** A process, and how long ago it was started. */
export interface ProcessAge {
  readonly pid: number;
  readonly elapsedMs: number;
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
      const all = await visit(allNumbers(), (id) => readStat(id));
      return descending(all, pid).map(identify);
    },
    async startedFor(askIds, { since = null, except } = {}) {
      const numbers = since === null ? allNumbers() : youngerThan(since);
      const unknown = except === undefined ? numbers : numbers.filter((id) => !except.has(id));
      const found = await visit(unknown, (id) => {
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

function allNumbers(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** More processes than any machine starts in a second. */
const startsPerSecond = 20_000;
/** Below this, trying each number takes less than listing all processes. */
const fewNumbers = 32;

/**
 * Numbers are handed out in order and begin anew at the largest one. As long as they cannot have gone all the way round, what is younger
 * lies between the process and the last number given; after a new beginning anything may be.
 */
function youngerThan({ pid, elapsedMs }: ProcessAge): readonly number[] {
  const largest = Number(read('/proc/sys/kernel/pid_max'));
  const last = Number(read('/proc/loadavg')?.trim().split(' ').at(-1));
  const isInOrder = (elapsedMs / 1000) * startsPerSecond < largest && last >= pid;
  if (!isInOrder) return allNumbers();
  const count = last - pid;
  if (count <= fewNumbers) return Array.from({ length: count }, (_, index) => pid + 1 + index);
  return allNumbers().filter((other) => other > pid && other <= last);
}

/** Goes over processes, without our own, giving way to other work in between. */
async function visit<T>(numbers: readonly number[], look: (pid: number) => T | null): Promise<T[]> {
  const found: T[] = [];
  for (const [index, pid] of numbers.entries()) {
    if (pid === process.pid) continue;
    const result = look(pid);
    if (result !== null) found.push(result);
    if (index % 100 === 99) await setImmediate();
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
