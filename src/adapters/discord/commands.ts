import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { ArgumentSpec, CommandSpec, SubcommandSpec } from '../adapter.ts';
import { argumentsOf } from '../help.ts';

/** What Discord is told of one command. */
export type DiscordCommand =
  | RESTPostAPIChatInputApplicationCommandsJSONBody
  | RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** The entry in the context menu of messages. */
export const askMenu = 'Ask Tutti about this';
/** The command that takes any other as a text, and the name of that text. */
export const umbrella = { name: 'tutti', argument: 'command' } as const;
/** How many options, subcommands or choices stand in one list. */
export const mostInList = 25;
/** How long the name or the value of a choice may be. */
export const mostInChoice = 100;

const mostCommands = 100;
const mostInCommand = 8000;
const mostInOption = 6000;
/** How long descriptions may be: shorter ones where all of a command would otherwise be too much. */
const descriptionLengths = [100, 50, 25, 10];
const validName = /^[-_\p{L}\p{N}]{1,32}$/u;

/**
 * The commands as Discord is to be told of them, within its limits: what does not fit is reached through the umbrella. `global` is for
 * all servers and for direct messages, `guild` for one server.
 */
export function discordCommands(
  commands: readonly CommandSpec[],
  scope: 'global' | 'guild',
): readonly DiscordCommand[] {
  const own = offeredCommands(commands)
    .map((spec) => fitting(spec))
    .filter((command) => command !== null)
    .slice(0, mostCommands - 1);
  const menu: RESTPostAPIContextMenuApplicationCommandsJSONBody = {
    type: ApplicationCommandType.Message,
    name: askMenu,
  };
  const places = {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  return [umbrellaCommand(), ...own, menu].map((command) => (scope === 'global' ? { ...command, ...places } : command));
}

/** The commands that there are on Discord. */
export function offeredCommands(commands: readonly CommandSpec[]): readonly CommandSpec[] {
  return commands.filter(
    ({ name, surfaces }) => (surfaces?.includes('discord') ?? true) && name !== umbrella.name && isName(name),
  );
}

function isName(name: string): boolean {
  return validName.test(name) && name === name.toLowerCase();
}

function umbrellaCommand(): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: umbrella.name,
    description: 'Any command, written as a text',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: umbrella.argument,
        description: 'Such as: history list --limit 5',
        required: true,
        autocomplete: true,
        max_length: mostInOption,
      },
    ],
  };
}

/** Null where even the shortest descriptions are too much. */
function fitting(spec: CommandSpec): RESTPostAPIChatInputApplicationCommandsJSONBody | null {
  const forms = descriptionLengths.map((length) => chatCommand(spec, length));
  return forms.find((command) => sizeOf(command) <= mostInCommand) ?? null;
}

function chatCommand(spec: CommandSpec, length: number): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const head = {
    type: ApplicationCommandType.ChatInput,
    name: spec.name,
    description: cut(spec.summary, descriptionLengths[0] ?? length),
  } as const;
  if (spec.subcommands.length === 0) return { ...head, options: optionsOf(spec, null, length) };
  const subcommands = spec.subcommands
    .filter(({ name }) => isName(name))
    .slice(0, mostInList)
    .map(
      (subcommand): APIApplicationCommandSubcommandOption => ({
        type: ApplicationCommandOptionType.Subcommand,
        name: subcommand.name,
        description: cut(subcommand.summary, length),
        options: optionsOf(spec, subcommand, length),
      }),
    );
  return { ...head, options: subcommands };
}

/** Required ones first, as Discord wants them. */
function optionsOf(
  spec: CommandSpec,
  subcommand: SubcommandSpec | null,
  length: number,
): APIApplicationCommandBasicOption[] {
  return argumentsOf(spec, subcommand)
    .filter(({ name }) => isName(name))
    .toSorted((one, other) => Number(other.required ?? false) - Number(one.required ?? false))
    .slice(0, mostInList)
    .map((argument) => option(argument, length));
}

function option(argument: ArgumentSpec, length: number): APIApplicationCommandBasicOption {
  const head = {
    name: argument.name,
    description: cut(explained(argument), length),
    required: argument.required ?? false,
  };
  if (argument.kind === 'flag' || argument.type === 'boolean')
    return { ...head, type: ApplicationCommandOptionType.Boolean };
  if (argument.choices === undefined && argument.type === 'number')
    return { ...head, type: ApplicationCommandOptionType.Number, min_value: 0 };
  const text = { ...head, type: ApplicationCommandOptionType.String } as const;
  if (isListed(argument)) return { ...text, choices: argument.choices.map(choice) };
  const suggests = argument.choices !== undefined || argument.completes !== undefined;
  return suggests ? { ...text, autocomplete: true } : { ...text, max_length: mostInOption };
}

/** Whether Discord itself offers the values: those of a list that is given one by one, if it is short enough. */
function isListed(argument: ArgumentSpec): argument is ArgumentSpec & { readonly choices: readonly string[] } {
  return argument.choices !== undefined && argument.choices.length <= mostInList && argument.repeatable !== true;
}

function choice(value: string): APIApplicationCommandOptionChoice<string> {
  return { name: value.slice(0, mostInChoice), value: value.slice(0, mostInChoice) };
}

/** What Discord's own form cannot show of an argument stands in its description. */
function explained({ summary, type, repeatable, readsInput }: ArgumentSpec): string {
  const notes = [
    ...(type === 'duration' ? ['such as 30s, 5m, 2h, 7d'] : []),
    ...(repeatable === true ? ['several with commas'] : []),
    ...(readsInput === true ? ['- opens a form for long ones'] : []),
  ];
  return [summary, ...notes].join('; ');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

interface Part {
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly Part[] | undefined;
  readonly choices?: readonly APIApplicationCommandOptionChoice[] | undefined;
}

/** What Discord adds up against its limit: names, descriptions and values. */
function sizeOf({ name, description = '', options = [], choices = [] }: Part): number {
  const offered = choices.map((one) => one.name.length + String(one.value).length);
  return [...offered, ...options.map(sizeOf)].reduce((sum, size) => sum + size, name.length + description.length);
}
