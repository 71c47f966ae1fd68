import type { Summary } from './summary.ts';

type Row = readonly [name: string, cell: (summary: Summary) => string];

const rows: readonly Row[] = [
  ['right answers', ({ right }) => percent(right)],
  ['misled by a distractor', ({ misled }) => percent(misled)],
  ['citation precision', ({ precision }) => percent(precision)],
  ['citation recall', ({ recall }) => percent(recall)],
  ['verified share', ({ verified }) => percent(verified)],
  ['model calls', ({ modelCalls }) => modelCalls.toFixed(1)],
  ['tokens', ({ tokens }) => Math.round(tokens).toLocaleString('en-US')],
  ['turns', ({ turns }) => turns.toFixed(1)],
  ['wall time', ({ wallMs }) => (wallMs < 1000 ? `${Math.round(wallMs)} ms` : `${(wallMs / 1000).toFixed(1)} s`)],
  ['overhead over single', ({ overhead }) => percent(overhead)],
  ['error amplification', ({ errorAmplification }) => times(errorAmplification)],
  ['efficiency', ({ efficiency }) => (efficiency === null ? '-' : efficiency.toFixed(3))],
];

/** The ways to ask side by side, as a markdown table. */
export function tableOf(summaries: readonly Summary[]): string {
  const lines = [
    ['', ...summaries.map(({ title }) => title)],
    ['---', ...summaries.map(() => '---:')],
    ...rows.map(([name, cell]) => [name, ...summaries.map(cell)]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(share: number | null): string {
  return share === null ? '-' : `${Math.round(share * 100)} %`;
}

function times(factor: number | null): string {
  return factor === null ? '-' : `${factor.toFixed(2)}x`;
}
