import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createOutput, type Output, type Printed } from '../../src/agents/output.ts';

async function drain(output: Output): Promise<readonly Printed[]> {
  const all: Printed[] = [];
  for (let next = await output.next(); next !== null; next = await output.next()) all.push(next);
  return all;
}

function reading() {
  const stream = new PassThrough();
  let heard = 0;
  const output = createOutput(stream, () => {
    heard += 1;
  });
  return { stream, output, heard: () => heard };
}

test('Whole lines come as they are printed, the rest at the end', async () => {
  const { stream, output, heard } = reading();
  stream.write('one\ntw');
  expect(await output.next()).toEqual({ type: 'lines', lines: ['one'], late: false });
  stream.end('o');
  expect(await drain(output)).toEqual([{ type: 'lines', lines: ['two'], late: false }]);
  expect(heard()).toBe(2);
});

test('What comes after the mark is late', async () => {
  const { stream, output } = reading();
  stream.write('before\n');
  await output.next();
  output.markLate();
  stream.end('after\n');
  expect(await drain(output)).toEqual([{ type: 'lines', lines: ['after'], late: true }]);
});

test('Nobody reading, the stream is paused before much of it is held', async () => {
  const { stream, output } = reading();
  const block = `${'x'.repeat(65_535)}\n`;
  for (let sent = 0; sent < 64; sent += 1) stream.write(block);
  await setImmediate();
  expect(stream.isPaused()).toBe(true);
  stream.end();
  const lines = (await drain(output)).flatMap((printed) => (printed.type === 'lines' ? printed.lines : []));
  expect(lines).toHaveLength(64);
});

test('It finishes when the stream falls silent, although that stays open', async () => {
  const { stream, output } = reading();
  stream.write('word');
  output.finish(20);
  await output.ended;
  expect(await drain(output)).toEqual([{ type: 'lines', lines: ['word'], late: false }]);
  expect(stream.destroyed).toBe(true);
});

test('Silence of a stream that waits for its reader is not its end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { stream, output } = reading();
  for (let sent = 0; sent < 64; sent += 1) stream.write(`${'x'.repeat(65_535)}\n`);
  await setImmediate();
  output.finish(20);
  vi.advanceTimersByTime(1000);
  stream.end('the last line');
  const lines = (await drain(output)).flatMap((printed) => (printed.type === 'lines' ? printed.lines : []));
  expect(lines).toHaveLength(65);
});

test('It finishes although bytes keep coming', async () => {
  const { stream, output } = reading();
  const noise = setInterval(() => stream.write('noise\n'), 1);
  output.finish(20);
  const [lines] = await Promise.all([drain(output), output.ended]);
  clearInterval(noise);
  expect(lines.length).toBeGreaterThan(0);
});

test('Discarded, it holds nothing more and ends', async () => {
  const { stream, output } = reading();
  stream.write('one\n');
  await setImmediate();
  output.discard();
  await output.ended;
  expect(await drain(output)).toEqual([]);
});

test('A stream that breaks has ended', async () => {
  const { stream, output } = reading();
  stream.write('one\n');
  await setImmediate();
  stream.destroy(new Error('broken'));
  expect(await drain(output)).toEqual([{ type: 'lines', lines: ['one'], late: false }]);
});
