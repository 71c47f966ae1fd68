import { expect, test } from 'vitest';
import { leftOf, newAskId, runShell } from '../support/processes.ts';

const quick = { graceMs: 200, quietMs: 100 };

test('Stopped twice, it is forced at the second time', async () => {
  const askId = newAskId();
  const [first, second] = [new AbortController(), new AbortController()];
  const script = 'trap "echo not yet" TERM; echo ready; while :; do sleep 0.02; done';
  const run = await runShell(script, {
    askId,
    signal: first.signal,
    stop: second.signal,
    runner: { graceMs: 60_000, quietMs: 100 },
    onLine: (line) => (line === 'ready' ? first.abort() : second.abort('now')),
  });
  expect(run.late).toContain('not yet');
  expect(run.exit.signal).toBe('SIGKILL');
  expect(await leftOf(askId)).toEqual([]);
});

test('Its time being over, it is stopped like by a person, and what came before is not late', async () => {
  const run = await runShell('trap "echo bye; exit 0" TERM; echo begun; while :; do sleep 0.02; done', {
    timeoutMs: 400,
    runner: quick,
  });
  expect([run.lines, run.late]).toEqual([['begun'], ['bye']]);
  expect(run.failure?.reason).toBe('timed-out');
});

test('Of what it says on stderr the beginning and the end are kept', async () => {
  const run = await runShell('echo first >&2; yes middle | head -c 1000000 >&2; echo last >&2', { runner: quick });
  expect(run.exit.stderr.startsWith('first\n')).toBe(true);
  expect(run.exit.stderr.endsWith('last\n')).toBe(true);
  expect(run.exit.stderr.length).toBeLessThan(20_000);
});

test('Its own end in time counts, also when it is stopped right afterwards', async () => {
  const stop = new AbortController();
  const run = await runShell('echo done', { signal: stop.signal });
  stop.abort();
  expect(run.failure).toBeNull();
});

test('A time that no timer can hold is no time at all', async () => {
  const run = await runShell('echo done', { timeoutMs: 1e12, silenceMs: 1e12 });
  expect([run.lines, run.failure]).toEqual([['done'], null]);
});
