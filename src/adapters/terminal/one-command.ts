import { messageOf, UserError } from '../../errors.ts';
import type { CommandCall, CommandSpec } from '../adapter.ts';
import { parseWords, type UsageProblem } from '../grammar.ts';
import { argumentsOf } from '../help.ts';
import type { CommandLineRequest } from './request.ts';
import { appendInput, readAll, textArgument } from './standard-input.ts';
import type { TerminalInput } from './terminal.ts';

/** The one command that a command line asks for, its text completed from standard input where that is meant. */
export interface OneCommand {
  readonly call: CommandCall;
  /** What is recorded as the message: the question itself, else the command as typed. */
  readonly text: string | null;
}

/**
 * Reads the words of a command line. `-` as a text is standard input, a `-` behind a text appends it; without any text it is read
 * only if it is no terminal. Throws UserError `usage`.
 */
export async function readOneCommand(
  { words, conversation }: Pick<CommandLineRequest, 'words' | 'conversation'>,
  commands: readonly CommandSpec[],
  input: TerminalInput,
  signal: AbortSignal,
): Promise<OneCommand> {
  const spec = commands.find(({ name }) => name === words[0]?.toLowerCase());
  const argument = spec === undefined ? null : textArgument(spec, null);
  if (spec === undefined || argument === null)
    return { call: inConversation(parse(words, commands), commands, conversation), text: null };
  const dashed = words.at(-1) === '-' && words.length > 1;
  const optional = { ...spec, args: spec.args.map((one) => (one === argument ? { ...one, required: false } : one)) };
  const call = parse(dashed ? words.slice(0, -1) : words, [optional]);
  const written = call.args[argument.name];
  const question = typeof written === 'string' ? written : null;
  const reads = dashed || (question === null && !input.isTTY);
  const piped = reads ? await readAll(input, signal) : '';
  if (question === null && piped.trim() === '')
    return { call: parse(words.slice(0, dashed ? -1 : undefined), commands), text: null };
  const text = question === null ? piped : reads ? appendInput(question, piped) : question;
  return { call: { ...call, args: { ...call.args, [argument.name]: text } }, text };
}

/** The conversation that is named is also an argument of commands that are about one. */
function inConversation(call: CommandCall, commands: readonly CommandSpec[], conversation: string | null): CommandCall {
  const spec = commands.find(({ name }) => name === call.name);
  const subcommand = spec?.subcommands.find(({ name }) => name === call.subcommand) ?? null;
  const takes = spec !== undefined && argumentsOf(spec, subcommand).some(({ name }) => name === 'conversation');
  return takes && conversation !== null ? { ...call, args: { ...call.args, conversation } } : call;
}

function parse(words: readonly string[], commands: readonly CommandSpec[]): CommandCall {
  const parsed = parseWords(words, commands);
  if (!parsed.ok) throw usageError(parsed.problem);
  return parsed.call;
}

/** What was written wrong, as the error that ends a command line with 2. */
export function usageError(problem: Pick<UsageProblem, 'message' | 'hint'>): UserError {
  return new UserError('usage', problem.message, { exit: 2, ...(problem.hint === null ? {} : { hint: problem.hint }) });
}

/** Anything thrown, as the error that people read and its exit code. */
export function asUserError(error: unknown): UserError {
  return error instanceof UserError ? error : new UserError('failed', messageOf(error));
}
