import type { FileKind } from './kinds.ts';

/** What ranking knows of a project: its files, its commits, and where terms occur. The index, or a test, brings it. */

export type Field = 'symbols' | 'prose' | 'code';

export interface IndexedFile {
  readonly id: number;
  readonly path: string;
  readonly kind: FileKind;
  /** Terms of the file's own name, without extension, and of the directories above it. */
  readonly name: readonly string[];
  readonly directory: readonly string[];
  /** Numbers of terms. */
  readonly proseLength: number;
  readonly codeLength: number;
  /** Number of terms that commits said about it, and how much it was changed lately. */
  readonly historyLength: number;
  readonly recency: number;
}

/** A commit. Higher ids are newer. */
export interface IndexedChange {
  readonly id: number;
  /** How many files it changed, indexed or not, and how many terms it said. */
  readonly size: number;
  readonly length: number;
  readonly files: readonly number[];
}

export interface Occurrence {
  readonly file: number;
  readonly chunk: number;
  readonly field: Field;
  readonly count: number;
}

export interface TermOccurrences {
  readonly inFiles: readonly Occurrence[];
  /** Commits that say it. */
  readonly inChanges: readonly number[];
}

export interface Corpus {
  /** What the project's directory is called. */
  readonly name: string;
  readonly files: ReadonlyMap<number, IndexedFile>;
  readonly changes: ReadonlyMap<number, IndexedChange>;
  occurrences(term: string): TermOccurrences;
}
