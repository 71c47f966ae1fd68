import { clean } from '../../clean.ts';
import type { UserError } from '../../errors.ts';
import { line, sentence } from './json.ts';
import type { Output } from './output.ts';
import type { OutputFormat } from './request.ts';

/** Says what went wrong: a sentence on stderr always, and on stdout the object or the last line where a program reads it. */
export async function reportError(
  error: UserError,
  to: { readonly output: Output; readonly error: Output; readonly format: OutputFormat; readonly at: string },
): Promise<void> {
  const fields = {
    code: error.code,
    message: clean(error.message),
    hint: error.hint === null ? null : clean(error.hint),
  };
  if (to.format === 'json') await to.output.write(`${JSON.stringify({ error: fields })}\n`);
  if (to.format === 'jsonl') await to.output.write(`${line('error', to.at, fields)}\n`);
  await to.error.write(`${sentence(fields)}\n`);
}
