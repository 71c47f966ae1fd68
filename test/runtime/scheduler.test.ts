import { expect, test } from 'vitest';
import type { Signal, TurnRecord } from '../../src/ledger/ledger.ts';
import { createLog } from '../../src/log.ts';
import { interruptionOf } from '../../src/runtime/interruption.ts';
import { createScheduler, type TurnControl } from '../../src/runtime/scheduler.ts';
import { messageOf } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const turn = (id: string): TurnRecord =>
  ({ id, sequence: Number(id), kind: 'question', state: 'accepted', message: messageOf('x') }) as TurnRecord;

/** A ledger's answers, set by the test: which turns may begin, and what signals there are. */
function desk(mayBegin: (id: string) => boolean) {
  const signals: { turnId: string; signal: Signal }[] = [];
  const queued: string[] = [];
  const dropped: string[] = [];
  const started: string[] = [];
  const controls = new Map<string, TurnControl>();
  const finish = new Map<string, () => void>();
  const open = new Map<string, TurnRecord>();
  const scheduler = createScheduler({
    ledger: {
      begin: (id) => (mayBegin(id) ? turn(id) : null),
      turn: (id) => open.get(id) ?? turn(id),
      open: () => [...open.values()],
      takeSignals: () => signals.splice(0),
      version: () => 0,
    },
    run(given, control) {
      started.push(given.id);
      controls.set(given.id, control);
      return new Promise((resolve) => {
        finish.set(given.id, resolve);
        control.signal.addEventListener('abort', () => resolve());
      });
    },
    drop: async (given, by) => void dropped.push(`${given.id} ${by}`),
    queued: (given, position) => void queued.push(`${given.id} ${position}`),
    flush: () => {},
    log: createLog({ level: 'silent', mask: (text) => text }),
    watchMs: 5,
  });
  const add = (id: string) => {
    open.set(id, turn(id));
    scheduler.add(turn(id));
  };
  return { scheduler, signals, queued, dropped, started, controls, finish, add };
}

test('a turn that must wait begins when the ledger lets it, also without a sign from the process it waited for', async () => {
  let allowed = false;
  const { scheduler, queued, started, finish, add } = desk((id) => id === '1' || allowed);
  add('1');
  add('2');
  expect(queued).toEqual(['2 1']);
  await waitFor(() => started.length === 1, 'the first starts');
  allowed = true;
  await waitFor(() => started.length === 2, 'the second starts');
  finish.get('1')?.();
  finish.get('2')?.();
  await scheduler.idle();
  expect(scheduler.running.size).toBe(0);
});

test('a stop reaches what runs, and drops what waits', async () => {
  const { scheduler, signals, dropped, controls, add } = desk((id) => id === '1');
  add('1');
  add('2');
  await waitFor(() => controls.has('1'), 'the first runs');
  signals.push(
    { turnId: '1', signal: { kind: 'stop', by: 'alice' } },
    { turnId: '2', signal: { kind: 'stop', by: 'bob' } },
  );
  scheduler.signalled();
  await scheduler.idle();
  expect(interruptionOf(controls.get('1')?.signal ?? new AbortController().signal)).toEqual({
    kind: 'stop',
    by: 'alice',
  });
  expect(dropped).toEqual(['2 bob']);
});

test('a stop of one agent leaves the others and the turn alone', async () => {
  const { scheduler, signals, controls, finish, add } = desk(() => true);
  add('1');
  await waitFor(() => controls.has('1'), 'it runs');
  const api = controls.get('1')?.agentSignal('api');
  const web = controls.get('1')?.agentSignal('web');
  signals.push({ turnId: '1', signal: { kind: 'stop-agent', agent: 'api', by: 'alice' } });
  scheduler.signalled();
  expect([api?.aborted, web?.aborted, controls.get('1')?.signal.aborted]).toEqual([true, false, false]);
  finish.get('1')?.();
  await scheduler.idle();
});

test('closing ends what runs after the grace, and begins nothing more', async () => {
  const { scheduler, controls, started, add } = desk((id) => id === '1');
  add('1');
  add('2');
  await waitFor(() => controls.has('1'), 'it runs');
  await scheduler.close(0);
  expect(interruptionOf(controls.get('1')?.signal ?? new AbortController().signal)).toEqual({ kind: 'shutdown' });
  expect(started).toEqual(['1']);
});
