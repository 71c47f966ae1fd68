import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { clean } from './clean.ts';
import { messageOf } from './errors.ts';
import type { Mask } from './mask.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
type LineLevel = Exclude<LogLevel, 'silent'>;

/** What a line carries beside its sentence. Errors may be given as they are. */
type LogFields = Readonly<Record<string, unknown>>;

/** One JSON line each, for the people who run Tutti. Never a prompt, a reply or a secret. */
export type Log = Readonly<Record<LineLevel, (message: string, fields?: LogFields) => void>> & {
  /** The same log, with fields that every line carries. */
  child(fields: LogFields): Log;
};

export interface LogOptions {
  readonly level: LogLevel;
  readonly mask: Mask;
  /** Takes whole lines; stderr where absent. */
  readonly write?: (line: string) => void;
}

/** What people and models wrote: its length is enough to understand a log. */
const privateFields =
  /^(?:prompt|text|question|answer|reply|markdown|input|stdin|stdout|stderr|output|content|response)$/i;
const deepest = 6;

/** The root of all logs. The library behind it is loaded with the first line that is written; most runs write none. */
export function createLog({ level, mask, write }: LogOptions): Log {
  let pino: Logger | undefined;
  const logger = () => {
    pino ??= createLogger(level, write);
    return pino;
  };
  const least = logLevels.indexOf(level);
  const redact = createRedact(mask);
  const withFields = (bound: LogFields): Log => {
    const at =
      (line: LineLevel) =>
      (message: string, fields: LogFields = {}) => {
        if (logLevels.indexOf(line) < least) return;
        logger()[line](redact({ ...bound, ...fields }, 0), mask(clean(message)));
      };
    return {
      trace: at('trace'),
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => withFields({ ...bound, ...fields }),
    };
  };
  return withFields({});
}

function createLogger(level: LogLevel, write: LogOptions['write']): Logger {
  const pino: typeof import('pino') = createRequire(import.meta.url)('pino');
  // Synchronous, so that the last lines before an end are not lost.
  const destination = write === undefined ? pino.destination({ dest: 2, sync: true }) : { write };
  return pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function createRedact(mask: Mask): (value: object, depth: number) => object {
  const redactValue = (key: string, value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return privateFields.test(key) ? `[${value.length} characters]` : mask(clean(value));
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Error) return { name: value.name, message: mask(clean(messageOf(value))) };
    if (value instanceof Date) return value.toISOString();
    if (!Array.isArray(value) && !isPlain(value)) return mask(clean(String(value)));
    return depth >= deepest ? '[…]' : redact(value, depth + 1);
  };
  const redact = (value: object, depth: number): object => {
    if (Array.isArray(value)) return value.map((entry) => redactValue('', entry, depth));
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, redactValue(key, entry, depth)]));
  };
  return redact;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
