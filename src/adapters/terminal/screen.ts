import { emitKeypressEvents, type Interface } from 'node:readline';
import type { Key } from './keys.ts';
import type { TerminalStream } from './output.ts';
import type { TerminalInput } from './terminal.ts';

/** A terminal whose keys come one by one. */
export interface Screen {
  /** Takes the terminal over; keys come until `close`. */
  open(listener: ScreenListener): void;
  /** Gives the terminal back as it was. */
  close(): void;
  /** Gives the terminal back, stops the process as Ctrl-Z does, and takes it over again when it is continued. */
  suspend(): void;
}

export interface ScreenListener {
  key(typed: string | undefined, key: Key): void;
  resized(): void;
  /** The terminal is there again after a suspension: everything has to be drawn anew. */
  resumed(): void;
  /** The input has ended. */
  ended(): void;
}

/** Pasted text comes marked, so that its line ends are not taken for Enter. */
const takeOver = '\x1b[?2004h';
const giveBack = '\x1b[?2004l\x1b[?25h';

/** How long a lone Escape waits for the rest of a sequence; Node's own half a second feels broken. */
const escapeTimeoutMs = 60;

/** What was typed before the terminal was taken over arrives within this time. */
const typedAheadMs = 100;

/** Before the terminal was taken over it turned Enter into a line feed. */
function asSent(key: Key): Key {
  return key.name === 'enter' ? { ...key, name: 'return' } : key;
}

export function createScreen(input: TerminalInput, output: TerminalStream): Screen {
  let opened: { close(): void } | null = null;

  function open(listener: ScreenListener): void {
    emitKeypressEvents(input, { escapeCodeTimeout: escapeTimeoutMs } as unknown as Interface);
    const onKey = (typed: string | undefined, key: Key) => listener.key(typed, early ? asSent(key) : key);
    const restore = () => output.write(giveBack);
    input.on('keypress', onKey).on('end', listener.ended);
    output.on('resize', listener.resized);
    process.once('exit', restore);
    take();
    opened = {
      close() {
        input.off('keypress', onKey).off('end', listener.ended);
        output.off('resize', listener.resized);
        process.off('exit', restore);
        give();
        input.pause();
      },
    };
    resumed = listener.resumed;
  }

  let resumed: () => void = () => undefined;
  let early = true;

  function take(): void {
    input.setRawMode?.(true);
    output.write(takeOver);
    input.resume();
    setTimeout(() => {
      early = false;
    }, typedAheadMs).unref();
  }

  function give(): void {
    output.write(giveBack);
    input.setRawMode?.(false);
  }

  return {
    open,
    close() {
      opened?.close();
      opened = null;
    },
    suspend() {
      // The input is still listened to: a process that waits for nothing would end when it is continued.
      give();
      process.once('SIGCONT', () => {
        take();
        resumed();
      });
      process.kill(process.pid, 'SIGTSTP');
    },
  };
}
