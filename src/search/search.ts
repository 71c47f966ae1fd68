import type { SearchResult } from '../agents/provider.ts';

/** Serves the search provider, the search mind, routing and `@file` completion. */
export interface Search {
  /** Best passages for a question; builds or refreshes the index of the directory first. Never throws for what it finds there. */
  find(directory: string, question: string, signal?: AbortSignal): Promise<SearchResult>;
  /** The same for several projects at once, in their order: `confidence` weighs them against each other, as routing needs it. */
  findAll(directories: readonly string[], question: string, signal?: AbortSignal): Promise<readonly SearchResult[]>;
  /** Number of indexed files (the banner), without waiting for a build: null until known. Starts the build where there is none. */
  count(directory: string): Promise<number | null>;
  /** Paths below the directory that fit what was typed after `@`. */
  files(directory: string, prefix: string, limit: number): Promise<readonly string[]>;
  close(): Promise<void>;
}
