import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createRunner, probe } from '../../src/agents/run.ts';
import { leftOf, newAskId, runProgram, runShell, table } from '../support/processes.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

const quick = { graceMs: 300, quietMs: 100 };
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin' };

function plainOptions() {
  const { signal } = new AbortController();
  return { askId: newAskId(), directory: '/', environment, signal, timeoutMs: null, silenceMs: null };
}

test('The prompt reaches stdin, which is then closed; stdout, stderr and the exit code come back', async () => {
  const run = await runShell('cat; echo; echo oops >&2; exit 3', { input: 'first\nsecond' });
  expect(run.lines).toEqual(['first', 'second']);
  expect(run.exit).toEqual({ code: 3, signal: null, stderr: 'oops\n' });
  expect(run.failure).toBeNull();
});

test('A prompt that nobody reads, however long, is no failure', async () => {
  const run = await runShell('echo done', { input: 'x'.repeat(5_000_000) });
  expect(run.lines).toEqual(['done']);
  expect(run.failure).toBeNull();
});

test('It is in a group of its own, and known with its start before it can have read a word of the prompt', async () => {
  const trace = join(temporaryDirectory(), 'read');
  let wasRead = true;
  const run = await runShell(`read word; touch ${trace}; echo "$$ got $word"`, {
    input: 'hello\n',
    started: () => {
      // Long enough for the process to read what would have been written by now.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      wasRead = existsSync(trace);
    },
  });
  expect(wasRead).toBe(false);
  expect(run.identity).toMatchObject({ group: run.identity?.pid });
  expect(run.identity?.startTime).not.toBe('');
  expect(run.lines).toEqual([`${run.identity?.pid} got hello`]);
});

test('What the ledger throws keeps the prompt from being written, and ends the process', async () => {
  const askId = newAskId();
  const run = await runShell('cat; sleep 1000', {
    askId,
    input: 'secret plan',
    started: () => {
      throw new Error('the disk is full');
    },
  });
  expect(run.lines).toEqual([]);
  expect(run.failure).toEqual({ reason: 'crashed', message: 'It was not asked: the disk is full' });
  expect(await leftOf(askId)).toEqual([]);
});

test('It gets exactly the environment it is given, and runs in the directory it is given', async () => {
  const directory = temporaryDirectory();
  const run = await runProgram(['/usr/bin/env'], { directory, environment: { ONLY: 'this' } });
  expect(run.lines).toEqual(['ONLY=this']);
  expect((await runShell('pwd -P', { directory })).lines[0]).toContain(directory);
});

test('Every exit code comes back as it is', async () => {
  const codes = Array.from({ length: 255 }, (_, index) => index + 1);
  const runs = await Promise.all(codes.map((code) => runShell(`exit ${code}`)));
  expect(runs.map((run) => run.exit.code)).toEqual(codes);
});

test('A process that is killed from outside tells by which signal', async () => {
  expect((await runShell('kill -KILL $$')).exit).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test('Each way in which a program cannot be started has a reason and words of its own', async () => {
  const directory = temporaryDirectory();
  const write = (name: string, text: string, mode: number) => {
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), mode);
    return join(directory, name);
  };
  const failures = await Promise.all([
    runProgram(['no-such-program']),
    runProgram([write('plain', '#!/bin/sh\n', 0o644)]),
    runProgram([write('orphan', '#!/no/such/interpreter\n', 0o755)]),
    runProgram(['/bin/sh', '-c', 'true', 'x'.repeat(300_000)]),
    runShell('true', { directory: join(directory, 'gone') }),
  ]);
  expect(failures.map((run) => run.failure?.reason)).toEqual([
    'not-installed',
    'crashed',
    'crashed',
    'crashed',
    'crashed',
  ]);
  const messages = failures.map((run) => run.failure?.message ?? '');
  expect(messages[0]).toContain('no-such-program was not found');
  expect(messages[1]).toContain('may not be run');
  expect(messages[2]).toContain('interpreter');
  expect(messages[3]).toContain('E2BIG');
  expect(messages[4]).toContain('gone is not there');
});

test('A missing directory is not mistaken for a missing program', async () => {
  const run = await runProgram(['no-such-program'], { directory: '/no/such/directory' });
  expect(run.failure?.message).toContain('/no/such/directory');
});

test('Twenty that hang without a word are ended when their silence is over, with all they started', async () => {
  const asks = Array.from({ length: 20 }, newAskId);
  const runs = await Promise.all(
    asks.map((askId) => runShell('sleep 1000 & sleep 1000', { askId, silenceMs: 400, runner: quick })),
  );
  expect(runs.map((run) => run.failure?.reason)).toEqual(asks.map(() => 'silent'));
  expect((await Promise.all(asks.map(leftOf))).flat()).toEqual([]);
});

test('Silence is no failure while a tool is at work, and the whole time bounds it still', async () => {
  const run = await runShell('echo begun; sleep 1000', {
    silenceMs: 100,
    timeoutMs: 700,
    toolOpen: () => true,
    runner: quick,
  });
  expect(run.lines).toEqual(['begun']);
  expect(run.failure).toEqual({ reason: 'timed-out', message: 'It was not done after 700 ms.' });
});

test('Output on either stream, also within a line, ends the silence', async () => {
  const script = 'for i in 1 2 3 4 5 6; do printf .; sleep 0.1; echo . >&2; sleep 0.1; done; echo';
  const run = await runShell(script, { silenceMs: 600, runner: quick });
  expect(run.failure).toBeNull();
  expect(run.lines).toEqual(['......']);
});

test('Asked to stop, it may end by itself, and what it says then is late', async () => {
  const stop = new AbortController();
  const run = await runShell('trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.05; done', {
    signal: stop.signal,
    onLine: (line) => {
      if (line === 'ready') stop.abort();
    },
  });
  expect(run.lines).toEqual(['ready']);
  expect(run.late).toEqual(['bye']);
  expect(run.failure).toEqual({ reason: 'cancelled', message: 'It was stopped.' });
});

test('The signal that asks is the one that was named', async () => {
  const stop = new AbortController();
  const run = await runShell(
    'trap "echo int; exit 0" INT; trap "echo term; exit 0" TERM; echo ready; while :; do sleep 0.05; done',
    {
      signal: stop.signal,
      stopSignal: 'SIGINT',
      onLine: () => stop.abort(),
    },
  );
  expect(run.late[0]).toBe('int');
});

test('Ten that ignore the signal, with children in sessions of their own, are ended by force', async () => {
  const asks = Array.from({ length: 10 }, newAskId);
  const script = `trap "" TERM INT; setsid sh -c 'trap "" TERM; echo child; sleep 1000' & wait; sleep 1000`;
  const runs = await Promise.all(
    asks.map((askId) => {
      const stop = new AbortController();
      return runShell(script, { askId, signal: stop.signal, onLine: () => stop.abort(), runner: quick });
    }),
  );
  expect(runs.map((run) => run.exit.signal)).toEqual(asks.map(() => 'SIGKILL'));
  expect((await Promise.all(asks.map(leftOf))).flat()).toEqual([]);
});

test('One that keeps no signal from ending it is not forced', async () => {
  const stop = new AbortController();
  const run = await runShell('echo ready; exec sleep 1000', { signal: stop.signal, onLine: () => stop.abort() });
  expect(run.exit.signal).toBe('SIGTERM');
});

test('A child that left the group and cleared its environment is ended too: it was seen before the signal', async () => {
  const trace = join(temporaryDirectory(), 'pid');
  const stop = new AbortController();
  const hidden = `env -i setsid /bin/sh -c 'echo $$ > ${trace}; exec sleep 1000'`;
  await runShell(`${hidden} & while ! [ -s ${trace} ]; do sleep 0.02; done; echo ready; wait`, {
    signal: stop.signal,
    onLine: () => stop.abort(),
    runner: quick,
  });
  const child = table.identity(Number(readFileSync(trace, 'utf8')));
  expect(child === null || !table.runs(child)).toBe(true);
});

test('Stopped at once, nothing gets time to write another word', async () => {
  const stop = new AbortController();
  const askId = newAskId();
  const run = await runShell('trap "echo more; exit 0" TERM; echo ready; while :; do sleep 0.05; done', {
    askId,
    stop: stop.signal,
    onLine: () => stop.abort('now'),
  });
  expect(run.late).toEqual([]);
  expect(run.exit.signal).toBe('SIGKILL');
  expect(await leftOf(askId)).toEqual([]);
});

test('Ten whose grandchildren hold their output open end by themselves, and leave none of them behind', async () => {
  const asks = Array.from({ length: 10 }, newAskId);
  const runs = await Promise.all(
    asks.map((askId, index) => runShell(`${index % 2 === 0 ? '' : 'setsid '}sleep 1000 & echo answer`, { askId })),
  );
  for (const run of runs) {
    expect(run.lines).toEqual(['answer']);
    expect(run.exit.code).toBe(0);
    expect(run.failure).toBeNull();
  }
  expect((await Promise.all(asks.map(leftOf))).flat()).toEqual([]);
});

test('A grandchild that keeps printing does not keep the run from ending', async () => {
  const askId = newAskId();
  const run = await runShell('(while :; do echo noise; sleep 0.02; done) & echo answer', { askId, runner: quick });
  expect(run.lines).toContain('answer');
  expect(run.exit.code).toBe(0);
  expect(await leftOf(askId)).toEqual([]);
});

test('What was already printed is all read, however slowly it is taken', async () => {
  const runner = createRunner(table, { quietMs: 50 });
  const options = plainOptions();
  let count = 0;
  const invocation = { file: '/bin/sh', args: ['-c', 'seq 1 400000'], input: '' };
  for await (const output of runner.spawn(invocation, options)) {
    if (output.type !== 'lines') continue;
    count += output.lines.length;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(count).toBe(400_000);
});

test('Leaving the loop ends the process and waits for its end', async () => {
  const askId = newAskId();
  const runner = createRunner(table, quick);
  const options = { ...plainOptions(), askId, environment: { ...environment, TUTTI_ASK: askId } };
  const invocation = { file: '/bin/sh', args: ['-c', 'yes & sleep 1000'], input: '' };
  for await (const output of runner.spawn(invocation, options)) {
    if (output.type === 'lines') break;
  }
  expect(await leftOf(askId)).toEqual([]);
});

test('A flood of 100 MB, and one line of 50 MB, pass with less than 100 MB of memory', async () => {
  // In a process of its own: what else runs here takes memory too. A small young generation, so that it is what is held that counts,
  // not when garbage is collected.
  const program = new URL('../support/flood.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-semi-space-size=4', program]);
  const { lines, last, cut, extraBytes } = JSON.parse(stdout);
  expect({ lines, last, cut }).toEqual({ lines: 1_000_001, last: 'after', cut: 50_000_000 });
  expect(extraBytes).toBeLessThan(100 * 1024 * 1024);
});

test('One that was stopped before its turn came is never started', async () => {
  const run = await runShell('touch /tmp/never', { signal: AbortSignal.abort() });
  expect(run.identity).toBeNull();
  expect(run.failure?.reason).toBe('cancelled');
});

test('A short question to a program has an end, and a failure is no exception', async () => {
  expect(await probe('/bin/sh', ['-c', 'echo 1.2.3; exit 4'], environment)).toMatchObject({ code: 4, stdout: '1.2.3' });
  expect((await probe('/bin/sh', ['-c', 'sleep 1000'], environment, { timeoutMs: 200 })).stderr).toContain(
    'did not end',
  );
  expect(await probe('/no/such/program', [], environment)).toMatchObject({ code: null });
});

test('A program that exits this very moment takes its processes with it', async () => {
  const runner = createRunner(table, quick);
  const askId = newAskId();
  const options = { ...plainOptions(), askId, environment: { ...environment, TUTTI_ASK: askId } };
  const invocation = { file: '/bin/sh', args: ['-c', 'trap "" TERM; sleep 1000 & echo ready; sleep 1000'], input: '' };
  const seen: string[] = [];
  for await (const output of runner.spawn(invocation, options)) {
    if (output.type === 'lines') runner.endNow();
    if (output.type === 'exit') seen.push(String(output.exit.signal));
  }
  expect(seen).toEqual(['SIGKILL']);
  expect(await leftOf(askId)).toEqual([]);
});
