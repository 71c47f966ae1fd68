/** Reads a flood of 100 MB and one line of 50 MB through the runner, in a process of its own, and prints what came and what it took. */
import { createProcessTable } from '../../src/agents/process-table.ts';
import { createRunner } from '../../src/agents/run.ts';

const flood = `yes "$(printf %099d 7)" | head -c 100000000; head -c 50000000 /dev/zero | tr '\\0' y; echo; echo after`;
const options = {
  askId: 'flood',
  directory: '/',
  environment: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  signal: new AbortController().signal,
  timeoutMs: null,
  silenceMs: null,
};
const before = process.memoryUsage().rss;
let [lines, last, cut] = [0, '', 0];
const invocation = { file: '/bin/sh', args: ['-c', flood], input: '' };
for await (const output of createRunner(createProcessTable()).spawn(invocation, options)) {
  if (output.type === 'cut') cut = output.characters;
  if (output.type !== 'lines') continue;
  lines += output.lines.length;
  last = output.lines.at(-1) ?? last;
}
const extraBytes = process.resourceUsage().maxRSS * 1024 - before;
process.stdout.write(JSON.stringify({ lines, last, cut, extraBytes }));
