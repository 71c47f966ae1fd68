import type { Summary } from './summary.ts';

/** What a run without a model must reach, a few questions below what was measured, so that only a real loss is one. */
const floors: readonly { readonly name: string; readonly right: number; readonly recall: number }[] = [
  { name: 'single', right: 0.55, recall: 0.8 },
  { name: 'fan-out', right: 0.65, recall: 0.9 },
  { name: 'moderator-1', right: 0.58, recall: 0.72 },
  { name: 'moderator-3', right: 0.58, recall: 0.72 },
];

/** In words, where a run stays below a floor. */
export function missedFloors(summaries: readonly Summary[]): readonly string[] {
  return floors.flatMap(({ name, right, recall }) => {
    const summary = summaries.find((one) => one.name === name);
    if (summary === undefined) return [];
    return [
      ...missed(name, 'right answers', summary.right, right),
      ...missed(name, 'citation recall', summary.recall ?? 0, recall),
    ];
  });
}

function missed(name: string, what: string, measured: number, floor: number): readonly string[] {
  const shown = (share: number) => `${Math.round(share * 100)} %`;
  return measured >= floor ? [] : [`${name}: ${what} ${shown(measured)}, and the floor is ${shown(floor)}.`];
}
