import type { FileKind } from './kinds.ts';
import type { Signs } from './measure.ts';
import type { RelativeSign } from './relative.ts';
import type { ProjectSigns } from './routing.ts';

/** Learned on fix commits of public repositories (`bench/retrieval.ts`): what tells the changed file from the others. */
export interface FileWeights {
  readonly signs: Readonly<Record<keyof Signs, number>>;
  readonly kinds: Readonly<Record<FileKind, number>>;
  /** For having as much of a sign as the best source has. */
  readonly relative: Readonly<Record<RelativeSign, number>>;
  /** For having all words of the question in one place. */
  readonly fit: number;
}

export const FILE_WEIGHTS: FileWeights = {
  signs: {
    covered: 2.8,
    defined: 1.4,
    identifier: 2.6,
    prose: 3.5,
    code: 6.3,
    history: 7.6,
    directory: 1.1,
    named: 1.2,
    partlyNamed: 2.4,
    areaName: 2.9,
    areaDirectory: 2.9,
    passage: 5,
    similarChanges: 0.7,
    recentChanges: 0.2,
    size: 0.9,
    tested: 1,
    neighbours: 2.5,
  },
  kinds: {
    source: 0,
    types: -2,
    test: -5.5,
    example: -2.6,
    docs: -4.5,
    changelog: -2.8,
    config: -4.2,
    data: -4.5,
    generated: -3,
  },
  relative: { defined: 0.5, prose: 0.3, code: 0.35, history: 0.7, passage: 0.3, directory: 1.05, neighbours: 0.85 },
  fit: 1.3,
};

/** The same where there is no git history to go by. */
export const FILE_WEIGHTS_WITHOUT_HISTORY: FileWeights = {
  signs: {
    covered: 3,
    defined: 2.9,
    identifier: 1.9,
    prose: 4,
    code: 6.7,
    history: 0,
    directory: 1.4,
    named: 1.2,
    partlyNamed: 2.3,
    areaName: 3,
    areaDirectory: 3,
    passage: 5.2,
    similarChanges: 0,
    recentChanges: 0,
    size: 2.1,
    tested: 1.9,
    neighbours: 2.3,
  },
  kinds: {
    source: 0,
    types: -1.5,
    test: -5.4,
    example: -3.4,
    docs: -4.5,
    changelog: -2.8,
    config: -3.8,
    data: -4.5,
    generated: -3.5,
  },
  relative: { defined: 0.5, prose: 0.55, code: 0.7, history: 0, passage: 0, directory: 1.2, neighbours: 1 },
  fit: 1.9,
};

/** Likewise, what tells the changed project from others. */
export const ROUTING_WEIGHTS: Readonly<Record<keyof ProjectSigns, number>> = {
  bestFile: 4,
  fit: 3.1,
  files: 1.3,
  words: 4,
  history: 1.6,
  bestChange: 4.1,
  area: 2.8,
  named: 1.5,
  size: -3.5,
};
/** Where any of the projects has no git history, none is judged by it. */
export const ROUTING_WEIGHTS_WITHOUT_HISTORY: Readonly<Record<keyof ProjectSigns, number>> = {
  bestFile: 3.3,
  fit: 3,
  files: 2.8,
  words: 5,
  history: 0,
  bestChange: 0,
  area: 0,
  named: 1.3,
  size: -4,
};
