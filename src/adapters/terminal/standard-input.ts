import { addAbortSignal } from 'node:stream';
import { UserError } from '../../errors.ts';
import type { ArgumentSpec, CommandSpec, SubcommandSpec } from '../adapter.ts';
import { argumentsOf } from '../help.ts';
import type { TerminalInput } from './terminal.ts';

const largest = 4 * 1024 * 1024;

/** The argument of a command that standard input can give; null where the command never reads it. */
export function textArgument(spec: CommandSpec, subcommand: SubcommandSpec | null): ArgumentSpec | null {
  return argumentsOf(spec, subcommand).find((argument) => argument.readsInput === true) ?? null;
}

/** All of standard input as text, without its last newline. Refused with UserError `input-too-large` above 4 MiB; rejects when aborted. */
export async function readAll(input: TerminalInput, signal: AbortSignal): Promise<string> {
  addAbortSignal(signal, input);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += buffer.length;
    if (bytes > largest) {
      throw new UserError('input-too-large', 'Standard input holds more than 4 MiB.', {
        hint: 'Save it to a file in the project and name the file in the question.',
        exit: 2,
      });
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/u, '');
}

/** A question with what was piped in, labelled, in a fence that nothing inside can close. */
export function appendInput(question: string, piped: string): string {
  const longest = Math.max(2, ...[...piped.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${question}\n\nStandard input:\n\n${fence}\n${piped}\n${fence}`;
}
