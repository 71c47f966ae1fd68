import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessAge, ProcessTable } from './process-table.ts';
import type { ProcessIdentity } from './provider.ts';

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
  /** How long ago it was started, where that is known. */
  readonly elapsedMs: number | null;
  /** Collected before the root was signalled: afterwards orphans have lost their parent. */
  readonly descendants: readonly ProcessIdentity[];
}

/** Ends what is left of these runs by force, until a look finds nothing more. `others` are the numbers of runs that go on. */
export async function killTrees(
  table: ProcessTable,
  trees: readonly Tree[],
  others: ReadonlySet<number> = new Set(),
): Promise<void> {
  const asks = new Set(trees.map((tree) => tree.askId));
  for (const tree of trees) {
    if (tree.root !== null && tree.root.group === tree.root.pid) signalGroup(tree.root.group, 'SIGKILL');
  }
  const where = { since: oldestOf(trees), except: others };
  let left: readonly ProcessIdentity[] = trees.flatMap((tree) => tree.descendants);
  for (let pass = 0; pass < 5; pass += 1) {
    const running = [...left, ...(await table.startedFor(asks, where))].filter((known) => table.runs(known));
    if (running.length === 0) return;
    const below = await Promise.all(running.map((known) => table.descendants(known.pid)));
    left = [...running, ...below.flat()];
    for (const known of left) {
      if (table.runs(known)) signalProcess(known.pid, 'SIGKILL');
    }
    await wait(5 * (pass + 1));
  }
}

/** Where none of the trees can have begun before; null where that is not known. */
function oldestOf(trees: readonly Tree[]): ProcessAge | null {
  let oldest: ProcessAge | null = null;
  for (const { root, elapsedMs } of trees) {
    if (root === null || elapsedMs === null) return null;
    oldest =
      oldest === null
        ? { pid: root.pid, elapsedMs }
        : { pid: Math.min(oldest.pid, root.pid), elapsedMs: Math.max(oldest.elapsedMs, elapsedMs) };
  }
  return oldest;
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
    roots.map(async ({ askId, root }) => ({
      askId,
      root,
      elapsedMs: null,
      descendants: await table.descendants(root.pid),
    })),
  );
  const carrying = await table.startedFor(asks);
  const all = [...roots.map(({ root }) => root), ...trees.flatMap((tree) => tree.descendants), ...carrying];
  for (const known of all) signalProcess(known.pid, 'SIGTERM');
  const end = performance.now() + graceMs;
  while (performance.now() < end && all.some((known) => table.runs(known))) await wait(25);
  const rootless = [...asks].map((askId) => ({ askId, root: null, elapsedMs: null, descendants: all }));
  await killTrees(table, [...trees, ...rootless]);
}

/** Ends trees that are handed in at about the same time with one look at all processes, not one each. `roots`: see `killTrees`. */
export function createReaper(table: ProcessTable, roots: ReadonlySet<number>): (tree: Tree) => Promise<void> {
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
        roots,
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
