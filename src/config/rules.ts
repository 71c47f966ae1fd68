import { checkAgent } from './agent-rules.ts';
import { named } from './issues.ts';
import { checkModel } from './model-rules.ts';
import { checkNames, checkReferences } from './reference-rules.ts';
import type { FileConfig } from './schema.ts';
import type { KnownProvider } from './shape.ts';
import type { ValuePath } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Something that no schema can see: the place, and a sentence. */
export interface RuleProblem {
  readonly path: ValuePath;
  readonly message: string;
}

/** What the rules have to know besides the file. */
export interface RuleContext {
  readonly providers: readonly KnownProvider[];
  /** What is at an agent's `directory`. */
  kindOf(directory: string): 'directory' | 'other' | 'nothing';
}

/** All that is wrong with a file whose shape is right, in no order. */
export function checkRules(file: FileConfig, context: RuleContext): readonly RuleProblem[] {
  return [
    ...checkNames(file),
    ...Object.entries(file.agents).flatMap(([name, agent]) => checkAgent(['agents', name], agent, context)),
    ...checkModel(['moderator'], file.moderator.model, file.moderator.command, context),
    ...Object.entries(file.channels).flatMap(([id, { moderator }]) =>
      moderator === undefined ? [] : checkChannelModel(['channels', id, 'moderator'], moderator, context),
    ),
    ...checkReferences(file),
    ...file.access.flatMap((rule, index) => checkSurface(['access', index, 'surface'], rule.surface)),
    ...checkFolder(file.autorun.folder),
    ...checkAddress(file.surfaces.discord?.apiUrl),
  ];
}

function checkChannelModel(
  path: ValuePath,
  moderator: NonNullable<FileConfig['channels'][string]['moderator']>,
  context: RuleContext,
): readonly RuleProblem[] {
  if (moderator.model !== undefined) return checkModel(path, moderator.model, moderator.command, context);
  if (moderator.command === undefined) return [];
  return [{ path: [...path, 'command'], message: `${named(path)}.command needs a model beside it: command or acp` }];
}

function checkSurface(path: ValuePath, surface: string | undefined): readonly RuleProblem[] {
  const surfaces = ['slack', 'discord', '*'];
  if (surface === undefined || surfaces.includes(surface)) return [];
  if (surface === 'terminal') {
    const message = `${named(path)} is "terminal", where no rule applies: the terminal's user may do everything; expected slack, discord or "*"`;
    return [{ path, message }];
  }
  return [
    { path, message: `${named(path)} is "${surface}"; expected slack, discord or "*"${didYouMean(surface, surfaces)}` },
  ];
}

function checkFolder(folder: string): readonly RuleProblem[] {
  if (!folder.startsWith('/') && !folder.startsWith('~') && !folder.split('/').includes('..')) return [];
  const path = ['autorun', 'folder'];
  return [
    {
      path,
      message: `${named(path)} is "${folder}"; expected a folder inside each agent's directory, such as .tutti/autorun`,
    },
  ];
}

/** discord.js appends the version itself. */
function checkAddress(address: string | undefined): readonly RuleProblem[] {
  if (address === undefined || /\/api\/?$/.test(address)) return [];
  return [
    {
      path: ['surfaces', 'discord', 'apiUrl'],
      message: 'surfaces.discord.apiUrl does not end in /api; expected https://HOST/api',
    },
  ];
}
