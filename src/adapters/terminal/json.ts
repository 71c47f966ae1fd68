import type { OutboxPart, TurnEvent } from '../adapter.ts';

/** The three things an error says, as they stand in JSON. */
export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** One `--jsonl` line, without its end. Every line is `{type, at, …}`. */
export function line(type: string, at: string, fields: object): string {
  return JSON.stringify({ type, at, ...without(fields, ['type', 'at']) });
}

/** The line for something that happened during a turn; null where `--jsonl` does not speak of it. */
export function eventLine(event: TurnEvent, at: string): string | null {
  if (event.type === 'answer_text' || event.type === 'notice') return null;
  return line(event.type, at, event);
}

/** The last line: the result with its fields, or the error. A result that names its own type (a run's `complete`) keeps it. */
export function lastLine(part: Pick<OutboxPart, 'kind' | 'data' | 'markdown'>, at: string): string {
  if (part.kind === 'error') return line('error', at, errorOf(part));
  const fields = isObject(part.data) ? part.data : { value: part.data ?? null };
  return line(typeof fields.type === 'string' ? fields.type : 'result', at, fields);
}

/** What an error part says; where it carries no fields, its text. */
export function errorOf(part: Pick<OutboxPart, 'data' | 'markdown'>): ErrorFields {
  const error = isObject(part.data) ? part.data.error : null;
  if (!isObject(error)) return { code: 'failed', message: part.markdown, hint: null };
  const { code, message, hint } = error;
  return {
    code: typeof code === 'string' ? code : 'failed',
    message: typeof message === 'string' ? message : part.markdown,
    hint: typeof hint === 'string' ? hint : null,
  };
}

/** An error as people read it: one sentence, and what to do. */
export function sentence(error: ErrorFields): string {
  return error.hint === null ? error.message : `${error.message}\n${error.hint}`;
}

/** Whether it is a record with keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(fields: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
