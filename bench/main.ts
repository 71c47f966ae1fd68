import { availableParallelism, cpus, totalmem } from 'node:os';
import type { BenchRow } from './row.ts';

/** Every measurement, as `npm run bench`; names on the command line choose some: `npm run bench -- runner start`. */
const all = {
  start: () => import('./start.ts'),
  runner: () => import('./runner.ts'),
  moderator: () => import('./moderator.ts'),
  history: () => import('./history.ts'),
  recovery: () => import('./recovery.ts'),
  'round-trip': () => import('./round-trip.ts'),
  terminal: () => import('./terminal.ts'),
};

const wanted = process.argv.slice(2);
const rows: BenchRow[] = [];
const missing: string[] = [];
for (const [name, load] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  try {
    rows.push(...(await (await load()).run()));
  } catch (error) {
    missing.push(`${name}: not measured (${error instanceof Error ? error.message : error})`);
  }
}
process.stdout.write(`${table(rows)}\n${missing.map((line) => `\n${line}\n`).join('')}`);
process.stdout.write(
  `\nMedians of one run; ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.\n`,
);

function table(measured: readonly BenchRow[]): string {
  const cells = measured.map((row) => [
    row.name,
    `${figure(row.ours)} ${row.unit}`,
    `${figure(row.peer)} ${row.unit}`,
    `${figure(row.ratio)}x`,
    row.goal,
    row.reached ? 'reached' : 'not reached',
  ]);
  const lines = [
    ['what', 'ours', 'against', 'ratio', 'goal', ''],
    ['---', '---', '---', '---', '---', '---'],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function figure(value: number): string {
  if (Number.isNaN(value)) return '?';
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 0.01
        ? value.toFixed(2)
        : value.toPrecision(2);
}
