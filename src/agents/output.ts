import type { Readable } from 'node:stream';
import { createLineSplitter, type Piece } from './lines.ts';
import type { ProcessOutput } from './provider.ts';

/** Everything a process prints, up to its exit. */
export type Printed = Exclude<ProcessOutput, { readonly type: 'exit' }>;

/** Reads a stream for a consumer that takes what it can; the process waits meanwhile. */
export interface Output {
  /** Null at the end. */
  next(): Promise<Printed | null>;
  /** Reads on until the stream ends, `quietMs` pass without a byte, or bytes have kept coming for ten times as long; then ends. */
  finish(quietMs: number): void;
  /** Ends at once: nobody reads any more. */
  discard(): void;
  readonly ended: Promise<void>;
  /** From now on what comes is `late`. */
  markLate(): void;
}

/** Characters that wait for the consumer before reading is paused: enough to keep both sides busy. */
const highWater = 1024 * 1024;

/** `onBytes` is called for whatever arrives, also within a line. */
export function createOutput(stream: Readable, onBytes: () => void): Output {
  const splitter = createLineSplitter();
  const queue: Printed[] = [];
  let waiting = 0;
  let late = false;
  let ended = false;
  let lastMoment = Number.POSITIVE_INFINITY;
  const { promise: atEnd, resolve: tellEnd } = Promise.withResolvers<void>();
  let wake: (() => void) | null = null;
  let quiet: NodeJS.Timeout | null = null;

  function enqueue(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      queue.push({ ...piece, late });
      waiting += size(piece);
    }
    if (waiting > highWater) stream.pause();
    if (pieces.length > 0) wake?.();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    if (quiet !== null) clearTimeout(quiet);
    enqueue(splitter.end());
    stream.destroy();
    tellEnd();
    wake?.();
  }

  stream.on('data', (chunk: Buffer) => {
    if (ended) return;
    onBytes();
    quiet?.refresh();
    enqueue(splitter.push(chunk));
    if (performance.now() > lastMoment) end();
  });
  stream.on('end', end);
  stream.on('close', end);
  stream.on('error', end);

  return {
    async next() {
      while (queue.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
      const printed = queue.shift() ?? null;
      if (printed !== null) waiting -= size(printed);
      if (waiting <= highWater && stream.isPaused()) {
        quiet?.refresh();
        stream.resume();
      }
      return printed;
    },
    finish(quietMs) {
      if (ended) return;
      lastMoment = performance.now() + 10 * quietMs;
      quiet ??= setTimeout(() => {
        // While the consumer is behind, silence says nothing about the stream.
        if (stream.isPaused()) quiet?.refresh();
        else end();
      }, quietMs);
    },
    discard() {
      queue.length = 0;
      end();
    },
    ended: atEnd,
    markLate() {
      late = true;
    },
  };
}

function size(piece: Piece): number {
  if (piece.type === 'cut') return piece.head.length + piece.tail.length;
  return piece.lines.reduce((sum, line) => sum + line.length + 1, 0);
}
