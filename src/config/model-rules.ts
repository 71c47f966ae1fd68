import { named } from './issues.ts';
import type { RuleContext, RuleProblem } from './rules.ts';
import type { ValuePath } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Providers that a file may name; whether this version can drive one is another matter. */
export const providerNames: readonly string[] = [
  'auto',
  'claude',
  'codex',
  'opencode',
  'gemini',
  'qwen',
  'copilot',
  'droid',
  'pi',
  'acp',
  'command',
  'search',
];
/** What takes an argv of its own. */
const commandProviders = ['command', 'acp'];

/** Whether this version can let the model moderate. */
export function checkModel(
  path: ValuePath,
  model: string,
  command: readonly string[] | undefined,
  { providers }: RuleContext,
): readonly RuleProblem[] {
  const minds = [
    'auto',
    'search',
    ...providers.filter(({ capabilities }) => capabilities.mind).map(({ name }) => name),
  ];
  const place = [...path, 'model'];
  if (/^[^:\s]+:\S+$/.test(model) || minds.includes(model)) return checkCommand(path, 'model', model, command);
  if (providerNames.includes(model)) {
    return [
      {
        path: place,
        message: `${named(place)}: this version of Tutti cannot let "${model}" moderate; expected one of ${minds.join(', ')}`,
      },
    ];
  }
  const expected = `one of ${minds.join(', ')}, or a LangChain model such as anthropic:NAME`;
  return [{ path: place, message: `${named(place)} is "${model}"; expected ${expected}${didYouMean(model, minds)}` }];
}

/** An argv stands where it is needed, and only there. `key` is what names the provider beside it. */
export function checkCommand(
  path: ValuePath,
  key: string,
  provider: string,
  command: readonly string[] | undefined,
): readonly RuleProblem[] {
  const takesCommand = commandProviders.includes(provider);
  if (takesCommand && command === undefined) {
    return [
      {
        path,
        message: `${named(path)}.command is missing; ${key} "${provider}" needs one, as in command: [my-agent, --batch]`,
      },
    ];
  }
  if (takesCommand || command === undefined) return [];
  return [
    {
      path: [...path, 'command'],
      message: `${named(path)}.command belongs to ${key} command or acp, and this ${key} is "${provider}"`,
    },
  ];
}
