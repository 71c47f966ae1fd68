/** What the process that was asked for this ends with: 1 failed · 2 usage or configuration · 4 not allowed. */
export type ErrorExit = 1 | 2 | 4;

/**
 * An error that people read: what happened, to what and why (`message`), and what to do next (`hint`).
 * From the command layer upward every expected failure is one of these; below it, failures are values.
 * `code` is stable, kebab-case, and part of the `--json` output.
 */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly exit: ErrorExit;

  constructor(code: string, message: string, options: { hint?: string; exit?: ErrorExit; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = options.hint ?? null;
    this.exit = options.exit ?? 1;
  }
}

/** A sentence for people about anything that was thrown; never a stack trace. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
