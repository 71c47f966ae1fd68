import { list, object, text } from './json.ts';
import { ApiProblem, invalid, tooLong } from './problems.ts';
import type { Json } from './world.ts';

/** What Discord takes as a set of commands of one scope. */

const chatName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const kinds = { 1: 100, 2: 15, 3: 15 } as const;

export function checkCommands(commands: readonly Json[], scope: 'global' | 'guild'): void {
  for (const [kind, most] of Object.entries(kinds))
    if (commands.filter((one) => kindOf(one) === Number(kind)).length > most) throw new ApiProblem(30032);
  const names = commands.map((one) => `${kindOf(one)} ${text(one.name)}`);
  if (new Set(names).size < names.length)
    throw invalid('0.name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
  for (const [index, one] of commands.entries()) checkCommand(one, String(index), scope);
}

export function kindOf(command: Json): number {
  return Number(command.type ?? 1);
}

function checkCommand(command: Json, field: string, scope: 'global' | 'guild'): void {
  if (scope === 'guild' && (command.contexts !== undefined || command.integration_types !== undefined))
    throw invalid(`${field}.contexts`, 'APPLICATION_COMMAND_CONTEXTS_GUILD', 'Only global commands have contexts.');
  if (kindOf(command) !== 1) {
    const { length } = text(command.name);
    if (length < 1 || length > 32) throw badLength(`${field}.name`, 32);
    if (text(command.description) !== '')
      throw invalid(`${field}.description`, 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', 'Must be empty.');
    if (list(command.options).length > 0)
      throw invalid(`${field}.options`, 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS', 'Context menus have no options.');
    return;
  }
  checkNames(command, field);
  checkOptions(list(command.options), `${field}.options`, 0);
  if (weight(command) > 8000)
    throw invalid(field, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
}

function checkNames(one: Json, field: string): void {
  const name = text(one.name);
  if (!chatName.test(name) || name !== name.toLowerCase())
    throw invalid(`${field}.name`, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  const { length } = text(one.description);
  if (length < 1 || length > 100) throw badLength(`${field}.description`, 100);
}

function checkOptions(options: readonly Json[], field: string, depth: number): void {
  if (options.length > 25) throw tooLong(field, 25);
  const names = options.map(({ name }) => text(name));
  if (new Set(names).size < names.length)
    throw invalid(field, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option names must be unique');
  const isNesting = (option: Json) => option.type === 1 || option.type === 2;
  if (options.some(isNesting) && !options.every(isNesting))
    throw invalid(field, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-command and values cannot be mixed.');
  const firstOptional = options.findIndex((option) => !isNesting(option) && option.required !== true);
  if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true))
    throw invalid(
      field,
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'Required options must be placed before non-required options',
    );
  for (const [index, option] of options.entries()) checkOption(option, `${field}.${index}`, depth);
}

function checkOption(option: Json, field: string, depth: number): void {
  checkNames(option, field);
  const type = Number(option.type);
  if (!Number.isInteger(type) || type < 1 || type > 11)
    throw invalid(`${field}.type`, 'BASE_TYPE_CHOICES', 'Value must be one of 1 to 11.');
  if (type === 2 && depth > 0) throw invalid(field, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Groups do not nest.');
  if (type === 1 && depth > 1)
    throw invalid(field, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands do not nest.');
  if (type <= 2) {
    checkOptions(list(option.options), `${field}.options`, type === 2 ? 1 : 2);
    return;
  }
  const choices = list(option.choices);
  if (choices.length > 25) throw tooLong(`${field}.choices`, 25);
  if (option.autocomplete === true && choices.length > 0)
    throw invalid(
      `${field}.autocomplete`,
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
      'Choices exclude autocomplete.',
    );
  if (option.autocomplete === true && ![3, 4, 10].includes(type))
    throw invalid(
      `${field}.autocomplete`,
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_TYPE',
      'Only texts and numbers complete.',
    );
  for (const [index, choice] of choices.entries()) checkChoice(choice, type, `${field}.choices.${index}`);
  if (
    Number(option.max_length ?? 1) > 6000 ||
    Number(option.max_length ?? 1) < 1 ||
    Number(option.min_length ?? 0) > 6000
  )
    throw invalid(`${field}.max_length`, 'NUMBER_TYPE_MAX', 'Must be between 1 and 6000.');
}

/** A choice: a name, and a value of the option's type. */
export function checkChoice(choice: Json, type: number, field: string): void {
  if (text(choice.name).length < 1 || text(choice.name).length > 100) throw badLength(`${field}.name`, 100);
  const isText = typeof choice.value === 'string';
  if (isText !== (type === 3)) throw invalid(`${field}.value`, 'STRING_TYPE_CONVERT', 'Could not interpret the value.');
  if (isText && text(choice.value).length > 100) throw tooLong(`${field}.value`, 100);
}

/** Names, descriptions and values together; of localised ones the longest. */
function weight(one: Json): number {
  const longest = (name: string) =>
    Math.max(
      text(one[name]).length,
      ...Object.values(object(one[`${name}_localizations`])).map((value) => text(value).length),
    );
  const own = longest('name') + longest('description') + text(one.value).length;
  return [...list(one.options), ...list(one.choices)].reduce((sum, inner) => sum + weight(inner), own);
}

function badLength(field: string, most: number): ApiProblem {
  return invalid(field, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
}
