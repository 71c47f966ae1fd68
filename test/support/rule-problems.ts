import { checkRules } from '../../src/config/rules.ts';
import { fileSchema } from '../../src/config/schema.ts';
import { knownProviders } from './providers.ts';

/** What the rules find in a file, as `path: message`. Directories with "missing" or "file" in their names are that. */
export function ruleProblems(file: unknown): readonly string[] {
  const kindOf = (directory: string) =>
    directory.includes('missing') ? 'nothing' : directory.includes('file') ? 'other' : 'directory';
  return checkRules(fileSchema.parse(file), { providers: knownProviders, kindOf }).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}
