import { messageOf, UserError } from '../errors.ts';
import type { Ledger, TurnRecord } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Interruption } from './interruption.ts';

/** What a running turn is given to be stopped by. */
export interface TurnControl {
  readonly signal: AbortSignal;
  /** Stops one agent of the turn; the turn goes on. */
  agentSignal(agent: string): AbortSignal;
  /** To be called when the turn is settled, so that the next one of its conversation begins while this one is delivered. */
  settled(): void;
}

export interface SchedulerOptions {
  readonly ledger: Pick<Ledger, 'begin' | 'turn' | 'open' | 'takeSignals' | 'version'>;
  /** Runs, settles and delivers. Never rejects. */
  run(turn: TurnRecord, control: TurnControl): Promise<void>;
  /** Settles and delivers a turn that was stopped before it began. Never rejects. */
  drop(turn: TurnRecord, by: string): Promise<void>;
  /** A turn waits behind others: tells its surface. */
  queued(turn: TurnRecord, position: number): void;
  /** Tries again what a full disk kept waiting. */
  flush(): void;
  readonly log: Log;
  /** How often other processes' writes are looked for, in milliseconds. */
  readonly watchMs: number;
}

export interface Scheduler {
  /** Takes a turn of this instance into the queue. */
  add(turn: TurnRecord): void;
  /** Work that belongs to no turn that runs, such as delivering one that was settled before: `idle` waits for it. */
  track(work: Promise<void>): void;
  /** Looks at signals at once: one was just written by this process. */
  signalled(): void;
  /** Resolves when nothing waits, runs or is being delivered. */
  idle(): Promise<void>;
  readonly running: ReadonlySet<string>;
  /** Gives running turns `graceMs`, then ends them and leaves them, and what waits, for the next start. */
  close(graceMs: number): Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  readonly agents: Map<string, AbortController>;
  readonly done: Promise<void>;
}

/** Which accepted turn is taken into work when. The order and who may run are the ledger's; this only asks it at the right moments. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { ledger, log } = options;
  const waiting = new Map<string, number>();
  const running = new Map<string, Running>();
  const delivering = new Set<Promise<void>>();
  const idlers: (() => void)[] = [];
  let version = ledger.version();
  let beats = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function settleIdle(): void {
    if (waiting.size + running.size + delivering.size > 0) return;
    if (timer !== null) clearInterval(timer);
    timer = null;
    for (const idler of idlers.splice(0)) idler();
  }

  function start(turn: TurnRecord): void {
    const controller = new AbortController();
    const agents = new Map<string, AbortController>();
    const agentSignal = (agent: string) => {
      const own = agents.get(agent) ?? new AbortController();
      agents.set(agent, own);
      return AbortSignal.any([controller.signal, own.signal]);
    };
    let ended = false;
    const settled = () => {
      if (ended) return;
      ended = true;
      running.delete(turn.id);
      delivering.add(done);
      tick();
    };
    const work = Promise.resolve().then(() => options.run(turn, { signal: controller.signal, agentSignal, settled }));
    const done = work.finally(() => {
      settled();
      delivering.delete(done);
      settleIdle();
    });
    running.set(turn.id, { controller, agents, done });
  }

  /** Null where the turn has to wait; a full disk makes it wait too. */
  function begin(id: string): TurnRecord | null {
    try {
      return ledger.begin(id);
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  function tick(): void {
    if (closed) return;
    for (const id of [...waiting.keys()]) {
      const turn = begin(id);
      if (turn !== null) {
        waiting.delete(id);
        start(turn);
        continue;
      }
      const now = ledger.turn(id);
      if (now === null || now.state === 'settled') waiting.delete(id);
      else announce(now);
    }
    settleIdle();
  }

  function announce(turn: TurnRecord): void {
    const line = ledger
      .open()
      .filter((other) => other.message.conversation === turn.message.conversation && other.kind === 'question');
    const ahead = line.findIndex((other) => other.id === turn.id);
    const position = Math.max(ahead, 1);
    if (waiting.get(turn.id) === position) return;
    waiting.set(turn.id, position);
    options.queued(turn, position);
  }

  function takeSignals(): void {
    for (const { turnId, signal } of ledger.takeSignals()) {
      const current = running.get(turnId);
      if (signal.kind === 'stop-agent') current?.agents.get(signal.agent)?.abort(interruption(signal.by));
      else if (current !== undefined) current.controller.abort(interruption(signal.by));
      else if (waiting.delete(turnId)) dropWaiting(turnId, signal.by);
    }
  }

  function dropWaiting(turnId: string, by: string): void {
    const turn = ledger.turn(turnId);
    if (turn === null) return;
    track(options.drop(turn, by));
  }

  function track(work: Promise<void>): void {
    const done = work.finally(() => {
      delivering.delete(done);
      tick();
    });
    delivering.add(done);
  }

  function beat(): void {
    beats += 1;
    const now = ledger.version();
    // A process that is killed writes nothing: who waits for it has to look now and then.
    const look = now !== version || beats % 10 === 0;
    version = now;
    if (!look) return;
    options.flush();
    takeSignals();
    tick();
  }

  function watch(): void {
    timer ??= setInterval(() => {
      try {
        beat();
      } catch (error) {
        log.error('the queue could not be looked at', { error: messageOf(error) });
      }
    }, options.watchMs);
  }

  return {
    add(turn) {
      waiting.set(turn.id, 0);
      watch();
      tick();
    },
    track,
    signalled: takeSignals,
    idle() {
      return new Promise((resolve) => {
        idlers.push(resolve);
        settleIdle();
      });
    },
    get running() {
      return new Set(running.keys());
    },
    async close(graceMs) {
      closed = true;
      waiting.clear();
      const all = () => Promise.allSettled([...[...running.values()].map((one) => one.done), ...delivering]);
      await withGrace(all(), graceMs);
      const shutdown: Interruption = { kind: 'shutdown' };
      for (const one of running.values()) one.controller.abort(shutdown);
      await all();
      if (timer !== null) clearInterval(timer);
    },
  };
}

function interruption(by: string): Interruption {
  return { kind: 'stop', by };
}

async function withGrace(work: Promise<unknown>, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work, grace]);
  clearTimeout(timer);
}
