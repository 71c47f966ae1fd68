import { bypassingArgument } from '../agents/bypass.ts';
import { named } from './issues.ts';
import { checkCommand, providerNames } from './model-rules.ts';
import type { RuleContext, RuleProblem } from './rules.ts';
import type { FileConfig } from './schema.ts';
import type { ValuePath } from './source.ts';
import { didYouMean } from './suggest.ts';

type FileAgent = FileConfig['agents'][string];

/** What no schema sees in one agent: its directory, its provider, and arguments that would widen its access. */
export function checkAgent(path: ValuePath, agent: FileAgent, context: RuleContext): readonly RuleProblem[] {
  return [
    ...checkDirectory([...path, 'directory'], agent.directory, context),
    ...checkProvider([...path, 'provider'], agent.provider, context),
    ...checkCommand(path, 'provider', agent.provider, agent.command),
    ...checkArguments([...path, 'args'], agent, context),
    ...checkAccess([...path, 'access'], agent),
    ...Object.keys(agent.env)
      .filter((name) => !/^[A-Za-z_]\w*$/.test(name))
      .map((name) => ({ path: [...path, 'env', name], message: `"${name}" is no name for a variable` })),
  ];
}

function checkDirectory(path: ValuePath, directory: string, context: RuleContext): readonly RuleProblem[] {
  const kind = context.kindOf(directory);
  if (kind === 'directory') return [];
  const wrong = kind === 'nothing' ? 'is not there' : 'is not a directory';
  return [
    {
      path,
      message: `${named(path)}: "${directory}" ${wrong}; expected the directory of a project, relative to this file`,
    },
  ];
}

function checkProvider(path: ValuePath, provider: string, { providers }: RuleContext): readonly RuleProblem[] {
  if (provider === 'auto' || providers.some(({ name }) => name === provider)) return [];
  if (providerNames.includes(provider)) {
    const driven = ['auto', ...providers.map(({ name }) => name)].join(', ');
    return [
      {
        path,
        message: `${named(path)}: this version of Tutti cannot drive "${provider}" yet; expected one of ${driven}`,
      },
    ];
  }
  return [
    {
      path,
      message: `${named(path)} is "${provider}"; expected one of ${providerNames.join(', ')}${didYouMean(provider, providerNames)}`,
    },
  ];
}

function checkArguments(path: ValuePath, agent: FileAgent, { providers }: RuleContext): readonly RuleProblem[] {
  if (agent.access === 'full') return [];
  const flags = providers
    .filter(({ name }) => agent.provider === 'auto' || agent.provider === name)
    .flatMap(({ bypassFlags }) => bypassFlags);
  const argument = bypassingArgument(agent.args, flags);
  if (argument === null) return [];
  const message = `${named(path)} carries ${argument.split('=')[0]}, which could widen what every ask may do; expected "access: full" beside it, or no such argument`;
  return [{ path: [...path, agent.args.indexOf(argument)], message }];
}

function checkAccess(path: ValuePath, agent: FileAgent): readonly RuleProblem[] {
  if (agent.access !== 'ask' || agent.provider === 'acp') return [];
  return [{ path, message: `${named(path)}: only provider acp can ask people; expected one of read, edit, full` }];
}
