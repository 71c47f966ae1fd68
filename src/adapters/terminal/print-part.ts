import type { OutboxPart } from '../adapter.ts';
import { type AnswerView, answerText } from './answer.ts';
import { errorOf, isObject, lastLine, sentence } from './json.ts';
import type { Output } from './output.ts';
import type { OutputFormat } from './request.ts';

/** Where a part is printed, and as what. */
export interface PartPrinting {
  readonly output: Output;
  readonly error: Output;
  readonly format: OutputFormat;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly view: AnswerView;
}

/** The result on stdout in the format that was asked for, and on stderr a sentence about what went wrong. */
export async function printPart(part: OutboxPart, { output, error, format, at, view }: PartPrinting): Promise<void> {
  const problem = problemOf(part);
  if (format === 'json') {
    await output.write(`${JSON.stringify(part.data, null, output.isTerminal ? 2 : undefined)}\n`);
  } else if (format === 'jsonl') {
    await output.write(`${lastLine(part, at)}\n`);
  } else if (part.kind !== 'error') {
    await output.write(await answerText(part, view));
  }
  if (problem !== null) await error.write(`${problem}\n`);
}

/** What went wrong, as a sentence; null when nothing did. */
function problemOf(part: OutboxPart): string | null {
  if (part.kind === 'error') return sentence(errorOf(part));
  if (part.exit === 0 || !isObject(part.data)) return null;
  return typeof part.data.reason === 'string' ? part.data.reason : null;
}
