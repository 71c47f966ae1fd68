import { clean } from '../../clean.ts';
import type { TurnEvent } from '../adapter.ts';
import { advance, emptyProgress, type TurnProgress } from '../progress.ts';
import type { Output } from './output.ts';
import { createPainter } from './painter.ts';
import { statusLines } from './status.ts';
import { createStyle } from './style.ts';

/** The running turn of one command, shown on stderr while it runs and gone when the answer is printed. */
export interface LiveStatus {
  show(event: TurnEvent): void;
  /** Prints a line above it. */
  print(line: string): void;
  clear(): void;
}

const frameMs = 100;

/** Draws only where stderr is a terminal; notices are printed everywhere. */
export function createLiveStatus(error: Output, options: { readonly color: boolean; clock(): number }): LiveStatus {
  const painter = createPainter(error);
  const style = createStyle(options.color);
  let progress: TurnProgress = emptyProgress;
  let timer: NodeJS.Timeout | null = null;

  function draw(): void {
    const view = { style, width: error.columns, now: options.clock() };
    painter.paint(statusLines(progress, view).slice(0, error.rows - 1));
  }

  function print(line: string): void {
    const printed = error.isTerminal ? painter.print(line) : error.write(line);
    printed.catch(() => undefined);
  }

  return {
    print,
    show(event) {
      if (event.type === 'notice') print(`${clean(event.message)}\n`);
      progress = advance(progress, event, options.clock());
      if (!error.isTerminal) return;
      timer ??= setInterval(draw, frameMs);
      draw();
    },
    clear() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      if (error.isTerminal) painter.clear();
    },
  };
}
