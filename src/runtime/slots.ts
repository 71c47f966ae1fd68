/** A bounded number of places for asks that run at once, handed out fairly. */
export interface Slots {
  /** Resolves with the function that gives the place back; rejects with the signal's reason when aborted while waiting. */
  take(conversation: string, kind: SlotKind, signal: AbortSignal): Promise<() => void>;
  readonly free: number;
}

/** Questions go before Auto Run tasks: a person waits for them. */
export type SlotKind = 'question' | 'task';

interface Waiting {
  readonly kind: SlotKind;
  readonly grant: () => void;
}

/**
 * Round-robin over conversations, so that one conversation with many asks does not keep the others waiting; within a
 * conversation first come, first served.
 */
export function createSlots(size: number): Slots {
  let free = size;
  const lines = new Map<string, Waiting[]>();

  function next(kind: SlotKind): Waiting | null {
    for (const [conversation, line] of lines) {
      const index = line.findIndex((waiting) => waiting.kind === kind);
      if (index < 0) continue;
      const [waiting] = line.splice(index, 1);
      // Put to the end, so that the next place goes to another conversation.
      lines.delete(conversation);
      if (line.length > 0) lines.set(conversation, line);
      return waiting ?? null;
    }
    return null;
  }

  function hand(): void {
    while (free > 0) {
      const waiting = next('question') ?? next('task');
      if (waiting === null) return;
      free -= 1;
      waiting.grant();
    }
  }

  function release(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      free += 1;
      hand();
    };
  }

  return {
    take(conversation, kind, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const waiting: Waiting = {
          kind,
          grant: () => {
            signal.removeEventListener('abort', leave);
            resolve(release());
          },
        };
        const line = lines.get(conversation) ?? [];
        function leave(): void {
          const index = line.indexOf(waiting);
          if (index >= 0) line.splice(index, 1);
          if (line.length === 0 && lines.get(conversation) === line) lines.delete(conversation);
          reject(signal.reason);
        }
        signal.addEventListener('abort', leave, { once: true });
        line.push(waiting);
        lines.set(conversation, line);
        hand();
      });
    },
    get free() {
      return free;
    },
  };
}
