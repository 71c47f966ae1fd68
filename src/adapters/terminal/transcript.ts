import { UserError } from '../../errors.ts';
import type { Painter } from './painter.ts';

/** What was said in each conversation. Only one is shown; what belongs to another is printed when that is shown. */
export interface Transcripts {
  /** Resolves when it is on the screen. Rejects with UserError `output-closed` when that never came. */
  print(conversation: string, text: string): Promise<void>;
  /** Shows another conversation: the end of what was printed there, then what has come meanwhile. */
  show(conversation: string): Promise<void>;
  /** Nothing more is printed. */
  close(): void;
}

interface Waiting {
  readonly text: string;
  resolve(): void;
  reject(error: unknown): void;
}

interface Kept {
  printed: string[];
  waiting: Waiting[];
}

/** So many characters of each conversation are kept for showing it again. */
const keptCharacters = 64 * 1024;
const cleared = '\x1b[H\x1b[2J';

export function createTranscripts(painter: Painter, shownFirst: string): Transcripts {
  const all = new Map<string, Kept>();
  let shown = shownFirst;
  let closed = false;

  function keptOf(conversation: string): Kept {
    const kept = all.get(conversation) ?? { printed: [], waiting: [] };
    all.set(conversation, kept);
    return kept;
  }

  function printNow(conversation: string, text: string): Promise<void> {
    const kept = keptOf(conversation);
    // Never two blank lines: what begins with one stands under what ended with one.
    const fresh = text.startsWith('\n') && kept.printed.at(-1)?.endsWith('\n\n') ? text.slice(1) : text;
    kept.printed = shorten([...kept.printed, fresh]);
    return painter.print(fresh);
  }

  return {
    print(conversation, text) {
      if (closed) return Promise.reject(neverShown());
      if (conversation === shown) return printNow(conversation, text);
      return new Promise((resolve, reject) => keptOf(conversation).waiting.push({ text, resolve, reject }));
    },
    async show(conversation) {
      shown = conversation;
      const kept = keptOf(conversation);
      const waiting = kept.waiting.splice(0);
      await painter.print(`${cleared}${kept.printed.join('')}`);
      for (const { text, resolve, reject } of waiting) await printNow(conversation, text).then(resolve, reject);
    },
    close() {
      closed = true;
      for (const kept of all.values()) {
        for (const { reject } of kept.waiting.splice(0)) reject(neverShown());
      }
    },
  };
}

function neverShown(): UserError {
  return new UserError('output-closed', 'The terminal was left before this was shown.');
}

/** Without the oldest, as long as there is too much. */
function shorten(texts: readonly string[]): string[] {
  let characters = texts.reduce((sum, text) => sum + text.length, 0);
  return texts.filter((text, index) => {
    const drops = characters > keptCharacters && index < texts.length - 1;
    if (drops) characters -= text.length;
    return !drops;
  });
}
