import { statSync } from 'node:fs';
import { clean } from '../clean.ts';
import { UserError } from '../errors.ts';
import { assemble, type FileSections, pathFrom } from './assemble.ts';
import { problemsOf } from './issues.ts';
import { checkRules } from './rules.ts';
import { type FileConfig, fileSchema } from './schema.ts';
import type { KnownProvider } from './shape.ts';
import { type Problem, parseSource, type Source } from './source.ts';

/** A configuration file: its absolute path, what stands in it, and how its name is shown to people. */
export interface ConfigText {
  readonly path: string;
  readonly text: string;
  readonly shown: string;
}

/** More of them help nobody: the first ones are often the cause of the others. */
const shownProblems = 5;

/** Reads, checks and completes a configuration. Throws a UserError `config` (exit 2) that names file and line of what is wrong. */
export function readConfig(file: ConfigText, providers: readonly KnownProvider[]): FileSections {
  const source = parseSource(file.text);
  if (source.problems.length > 0) throw refusal(file, source.problems);
  const content = checkShape(file, source);
  const context = { providers, kindOf: (directory: string) => kindOf(pathFrom(file.path, directory)) };
  const problems = checkRules(content, context);
  if (problems.length > 0) {
    throw refusal(
      file,
      problems.map(({ path, message }) => ({ line: source.lineOf(path), message })),
    );
  }
  return assemble(content, file.path);
}

function checkShape(file: ConfigText, source: Source): FileConfig {
  const read = fileSchema.safeParse(source.value);
  if (read.success) return read.data;
  throw refusal(file, problemsOf(read.error.issues, source));
}

function refusal(file: ConfigText, problems: readonly Problem[]): UserError {
  const sentences = problems
    .toSorted((one, other) => one.line - other.line)
    .slice(0, shownProblems)
    .map(({ line, message }) => clean(`${file.shown}:${line}: ${message}.`).replaceAll('\n', ' '));
  const more = problems.length - sentences.length;
  return new UserError('config', [...sentences, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'), {
    hint: 'config/tutti.example.yaml in the Tutti package shows and explains every key.',
    exit: 2,
  });
}

function kindOf(path: string): 'directory' | 'other' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'other';
  } catch {
    return 'nothing';
  }
}
