import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createProcessTable } from '../src/agents/process-table.ts';
import { createRunner } from '../src/agents/run.ts';
import { createSlots } from '../src/runtime/slots.ts';
import { median } from './median.ts';
import type { BenchRow } from './row.ts';

const runner = createRunner(createProcessTable());
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin' };
const { signal } = new AbortController();

/** 200 ms in four bursts, 201 lines: what a fast provider looks like. */
const agent = [
  'perl',
  '-e',
  '$| = 1; for (1 .. 4) { select(undef, undef, undef, 0.05); print qq({"type":"text","text":"some words"}\\n) x 50 } print qq({"type":"answer"}\\n)',
] as const;
const agentMs = 200;

/** Starting, reading and ending of provider processes, against raw ones and against the time that the work itself takes. */
export async function run(): Promise<BenchRow[]> {
  return [
    await oneSpawn(),
    await manyLines(),
    await fanOut(8, 1.3),
    await fanOut(32, 1.6),
    ...(await pooled(512, 64, 1.45)),
    ...(await cancelling()),
  ];
}

async function ours(argv: readonly [string, ...string[]], onLines: (lines: readonly string[]) => void = () => {}) {
  const [file, ...args] = argv;
  const askId = `bench-${process.pid}`;
  const options = { askId, directory: '/', environment, signal, timeoutMs: null, silenceMs: null };
  for await (const output of runner.spawn({ file, args, input: '' }, options)) {
    if (output.type === 'lines') onLines(output.lines);
  }
}

/** The shortest way to do the same: a group of its own, but no watch over it and no look at what is left. */
function raw(
  [file, ...args]: readonly [string, ...string[]],
  onLine: (line: string) => void = () => {},
): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { env: environment, detached: true });
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      const all = rest + text;
      let start = 0;
      for (let end = all.indexOf('\n'); end >= 0; start = end + 1, end = all.indexOf('\n', start)) {
        onLine(all.slice(start, end));
      }
      rest = all.slice(start);
    });
    child.on('close', () => resolve());
    child.stdin.end();
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Both ways in turn, so that what else the machine does falls on both. */
async function interleaved(times: number, our: () => Promise<unknown>, peer: () => Promise<unknown>) {
  const [mine, other]: [number[], number[]] = [[], []];
  await our();
  await peer();
  for (let count = 0; count < times; count += 1) {
    mine.push(await timed(our));
    other.push(await timed(peer));
  }
  return { ours: median(mine), peer: median(other) };
}

function row(name: string, measured: { readonly ours: number; readonly peer: number }, most: number): BenchRow {
  const ratio = measured.ours / measured.peer;
  return { name, ...measured, ratio, goal: `at most ${most}x`, reached: ratio <= most, unit: 'ms' };
}

async function oneSpawn(): Promise<BenchRow> {
  const argv = ['/bin/echo', 'x'] as const;
  const measured = await interleaved(
    101,
    () => ours(argv),
    () => raw(argv),
  );
  return row('spawn one provider, against a raw spawn', measured, 1.5);
}

async function manyLines(): Promise<BenchRow> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    const file = join(directory, 'stream.jsonl');
    const line = JSON.stringify({ type: 'assistant', message: { content: [{ type: 'text', text: 'x'.repeat(200) }] } });
    writeFileSync(file, `${line}\n`.repeat(Math.ceil(50_000_000 / (line.length + 1))));
    const argv = ['/bin/cat', file] as const;
    const measured = await interleaved(
      7,
      () => ours(argv, (lines) => lines.forEach(parse)),
      () => raw(argv, parse),
    );
    return row('50 MB of JSONL, against a raw split', measured, 1.2);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function parse(line: string): void {
  JSON.parse(line);
}

async function fanOut(count: number, most: number): Promise<BenchRow> {
  const times: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    times.push(await timed(() => Promise.all(Array.from({ length: count }, () => ours(agent)))));
  }
  return row(
    `fan-out to ${count} agents of ${agentMs} ms, against the ideal`,
    { ours: median(times.slice(1)), peer: agentMs },
    most,
  );
}

async function pooled(count: number, pool: number, most: number): Promise<readonly BenchRow[]> {
  const [times, lags]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 5; turn += 1) {
    const slots = createSlots(pool);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    times.push(await timed(() => Promise.all(Array.from({ length: count }, () => inSlot(slots)))));
    delay.disable();
    lags.push(delay.max / 1e6);
  }
  const lag = median(lags);
  const ideal = (count / pool) * agentMs;
  return [
    row(`fan-out to ${count} through a pool of ${pool}, against the ideal`, { ours: median(times), peer: ideal }, most),
    bounded(`longest delay of the event loop meanwhile`, lag, 200),
  ];
}

async function inSlot(slots: ReturnType<typeof createSlots>): Promise<void> {
  const release = await slots.take('bench', 'question', signal);
  await ours(agent);
  release();
}

function bounded(name: string, milliseconds: number, most: number): BenchRow {
  const ratio = milliseconds / most;
  return { name, ours: milliseconds, peer: most, ratio, goal: `at most ${most} ms`, reached: ratio <= 1, unit: 'ms' };
}

async function cancelling(): Promise<readonly BenchRow[]> {
  const willing = await Promise.all(Array.from({ length: 5 }, () => untilDead('echo ready; exec sleep 1000')));
  const unwilling = 'trap "" TERM; echo ready; while :; do sleep 1; done';
  const forced = await Promise.all(Array.from({ length: 5 }, () => untilDead(unwilling)));
  return [
    bounded('from cancelling to dead, asked', Math.max(...willing), 250),
    bounded('from cancelling to dead, forced', Math.max(...forced), 5500),
  ];
}

async function untilDead(script: string): Promise<number> {
  const stop = new AbortController();
  const options = {
    askId: 'bench',
    directory: '/',
    environment,
    signal: stop.signal,
    timeoutMs: null,
    silenceMs: null,
  };
  let asked = 0;
  for await (const output of runner.spawn({ file: '/bin/sh', args: ['-c', script], input: '' }, options)) {
    if (output.type !== 'lines') continue;
    asked = performance.now();
    stop.abort();
  }
  return performance.now() - asked;
}
