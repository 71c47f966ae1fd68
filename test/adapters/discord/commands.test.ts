import { ApplicationCommandOptionType, ApplicationCommandType, SlashCommandAssertions } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../../../src/adapters/adapter.ts';
import { askMenu, type DiscordCommand, discordCommands } from '../../../src/adapters/discord/commands.ts';
import * as registry from '../../../src/commands/index.ts';
import { sampleCommands } from '../../support/commands.ts';

interface Part {
  readonly type?: number;
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly min_value?: number;
  readonly options?: readonly Part[];
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

/** As Discord gets it. */
function sent(commands: readonly CommandSpec[], scope: 'global' | 'guild' = 'guild'): readonly Part[] {
  return JSON.parse(JSON.stringify(discordCommands(commands, scope)));
}

function named(parts: readonly Part[] | undefined, ...path: readonly string[]): Part {
  const [name, ...rest] = path;
  const found = parts?.find((part) => part.name === name);
  if (found === undefined) throw new Error(`${name} is not there`);
  return rest.length === 0 ? found : named(found.options, ...rest);
}

function size(part: Part): number {
  const values = (part.choices ?? []).map(({ name, value }) => name.length + value.length);
  return [part.name.length, part.description?.length ?? 0, ...values, ...(part.options ?? []).map(size)].reduce(
    (sum, each) => sum + each,
  );
}

/** The limits that Discord documents, on a list of commands. */
function expectWithinLimits(parts: readonly Part[]): void {
  const chat = parts.filter(({ type }) => type === ApplicationCommandType.ChatInput);
  const menus = parts.filter(({ type }) => type !== ApplicationCommandType.ChatInput);
  expect(chat.length).toBeLessThanOrEqual(100);
  expect(menus.length).toBeLessThanOrEqual(15);
  expect(new Set(parts.map(({ type, name }) => `${type} ${name}`)).size).toBe(parts.length);
  for (const command of chat) {
    expect(size(command), command.name).toBeLessThanOrEqual(8000);
    expectPart(command);
  }
}

function expectPart(part: Part): void {
  const { name, description, options = [], choices = [] } = part;
  SlashCommandAssertions.validateName(name);
  SlashCommandAssertions.validateDescription(description);
  SlashCommandAssertions.validateMaxOptionsLength(options);
  SlashCommandAssertions.validateChoicesLength(choices.length);
  expect(part.autocomplete === true && choices.length > 0, name).toBe(false);
  for (const choice of choices) {
    expect(choice.name.length).toBeLessThanOrEqual(100);
    expect(choice.value.length).toBeLessThanOrEqual(100);
  }
  const required = options.map((option) => option.required === true);
  expect(required, name).toEqual(required.toSorted((one, other) => Number(other) - Number(one)));
  expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
  options.forEach(expectPart);
}

describe('the commands of today', () => {
  const all = Object.values(registry);
  const parts = sent(all);

  it('keep within every limit of Discord', () => {
    expectWithinLimits(parts);
  });

  it('are all there under their own names, with all their subcommands and arguments', () => {
    for (const spec of all) {
      const command = named(parts, spec.name);
      for (const subcommand of spec.subcommands)
        for (const argument of subcommand.args) named(command.options, subcommand.name, argument.name);
      if (spec.subcommands.length === 0) for (const argument of spec.args) named(command.options, argument.name);
    }
    expect(named(parts, 'tutti', 'command')).toMatchObject({ required: true, autocomplete: true });
    expect(named(parts, askMenu).type).toBe(ApplicationCommandType.Message);
  });

  it('need no shorter descriptions than a hundred characters', () => {
    expect(JSON.stringify(parts)).not.toContain('…');
  });

  it('suggest agents, groups, worktrees and turns while they are typed', () => {
    expect(named(parts, 'ask', 'agents').autocomplete).toBe(true);
    expect(named(parts, 'send', 'agent').autocomplete).toBe(true);
    expect(named(parts, 'group', 'remove', 'name').autocomplete).toBe(true);
    expect(named(parts, 'stop', 'what').autocomplete).toBe(true);
    expect(named(parts, 'ask', 'question').autocomplete).toBeUndefined();
    expect(named(parts, 'ask', 'question').description).toBe('What you want to know; - opens a form for long ones');
  });
});

describe('an option', () => {
  const parts = sent(sampleCommands);

  it('has the type of its argument', () => {
    expect(named(parts, 'ask', 'question').type).toBe(ApplicationCommandOptionType.String);
    expect(named(parts, 'ask', 'rounds')).toMatchObject({ type: ApplicationCommandOptionType.Number, min_value: 0 });
    expect(named(parts, 'ask', 'write').type).toBe(ApplicationCommandOptionType.Boolean);
    expect(named(parts, 'schedule', 'add', 'quiet').type).toBe(ApplicationCommandOptionType.Boolean);
    expect(named(parts, 'schedule', 'add', 'every')).toMatchObject({
      type: ApplicationCommandOptionType.String,
      description: 'How often; such as 30s, 5m, 2h, 7d',
    });
    expect(named(parts, 'history', 'export', 'format').choices).toEqual([
      { name: 'json', value: 'json' },
      { name: 'markdown', value: 'markdown' },
    ]);
  });

  it('stands behind those that are required', () => {
    const names = named(parts, 'schedule', 'add').options?.map(({ name }) => name);
    expect(names).toEqual(['every', 'text', 'quiet']);
  });

  it('is one of those that all subcommands share, too', () => {
    expect(named(parts, 'history', 'search', 'limit').required).toBe(false);
  });

  it('suggests its choices where there are more than one list holds', () => {
    const choices = Array.from({ length: 26 }, (_, index) => `c${index}`);
    const [spec] = sampleCommands;
    if (spec === undefined) throw new Error('no command');
    const args = [{ name: 'which', summary: 'One', kind: 'option', type: 'word', choices } as const];
    const [option] = named(sent([{ ...spec, args }]), spec.name).options ?? [];
    expect(option).toMatchObject({ autocomplete: true });
    expect(option?.choices).toBeUndefined();
  });
});

describe('what is too much for Discord', () => {
  const long = 'x'.repeat(150);
  const spec = (name: string, more: Partial<CommandSpec> = {}): CommandSpec => ({
    name,
    summary: long,
    right: 'read',
    args: [],
    subcommands: [],
    ...more,
  });
  const args = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `o${index}`,
      summary: long,
      kind: 'option' as const,
      type: 'word' as const,
    }));
  const subcommands = (count: number, each: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `s${index}`,
      summary: long,
      right: 'read' as const,
      args: args(each),
    }));

  it.each<readonly [string, readonly CommandSpec[], number]>([
    ['many commands', Array.from({ length: 150 }, (_, index) => spec(`c${index}`)), 101],
    ['many options', [spec('c', { args: args(40) })], 3],
    ['many subcommands', [spec('c', { subcommands: subcommands(40, 1) })], 3],
    ['long descriptions together', [spec('c', { subcommands: subcommands(20, 8) })], 3],
    ['all of it together', [spec('c', { subcommands: subcommands(25, 25) }), spec('d')], 3],
    ['a name that Discord does not take', [spec('Upper'), spec('with space'), spec('tutti'), spec('d')], 3],
  ])('is shortened or left to the umbrella: %s', (_, commands, count) => {
    const parts = sent(commands);
    expectWithinLimits(parts);
    expect(parts).toHaveLength(count);
    expect(parts.map(({ name }) => name)).toContain('tutti');
  });
});

it('offers what is for other surfaces nowhere', () => {
  const names = sent([...sampleCommands, { ...registry.follow, name: 'elsewhere', surfaces: ['slack'] }]).map(
    ({ name }) => name,
  );
  expect(names).not.toContain('elsewhere');
});

it('serves direct messages where it is for all servers, and says nothing of them for one server', () => {
  const everywhere: readonly DiscordCommand[] = discordCommands(sampleCommands, 'global');
  expect(everywhere.every(({ contexts }) => contexts?.join() === '0,1')).toBe(true);
  expect(everywhere.every(({ integration_types }) => integration_types?.join() === '0')).toBe(true);
  expect(JSON.stringify(discordCommands(sampleCommands, 'guild'))).not.toMatch(/contexts|integration_types/);
});
