/** When to draw: soon after something changed, and over and over while something moves by itself. */
export interface Frames {
  /** Something changed. Many changes at once are one frame. */
  request(): void;
  stop(): void;
}

const frameMs = 100;

export function createFrames(draw: () => void, moves: () => boolean): Frames {
  let soon: NodeJS.Immediate | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  function frame(): void {
    soon = null;
    if (stopped) return;
    draw();
    if (moves()) timer ??= setInterval(frame, frameMs);
    else if (timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  return {
    request() {
      if (!stopped) soon ??= setImmediate(frame);
    },
    stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      if (soon !== null) clearImmediate(soon);
    },
  };
}
