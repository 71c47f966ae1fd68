import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type GivenOption, readGiven, withText } from '../../../src/adapters/discord/call.ts';
import { parseText } from '../../../src/adapters/grammar.ts';
import { sampleCommands } from '../../support/commands.ts';
import { withCommands } from '../../support/discord/plain-client.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

function optionsOf(values: Values): readonly GivenOption[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    type: ApplicationCommandOptionType.String,
    value,
  }));
}

function given(path: string, values: Values = {}) {
  const [name = '', subcommand] = path.split(' ');
  const options = optionsOf(values);
  const nested =
    subcommand === undefined ? options : [{ name: subcommand, type: ApplicationCommandOptionType.Subcommand, options }];
  return readGiven(name, nested, sampleCommands);
}

function callOf(path: string, values: Values = {}) {
  const read = given(path, values);
  if (read.kind !== 'call') throw new Error(JSON.stringify(read));
  return read;
}

describe('a slash command', () => {
  it('is a call with its subcommand and typed arguments', () => {
    expect(callOf('ask', { question: 'why?', agents: 'api,web', rounds: 2, write: true }).call).toEqual({
      name: 'ask',
      subcommand: null,
      args: { question: 'why?', agents: ['api', 'web'], rounds: 2, write: true },
    });
    expect(callOf('schedule add', { text: 'sweep', every: '2h' }).call).toEqual({
      name: 'schedule',
      subcommand: 'add',
      args: { every: 7_200_000, text: 'sweep' },
    });
    expect(callOf('history list').call).toEqual({ name: 'history', subcommand: 'list', args: {} });
  });

  it.each<readonly [string, Values]>([
    ['ask', { question: 'why --write "it"?', agents: 'api, web', rounds: 2 }],
    ['stop', { conversation: 'the first one' }],
    ['group set', { name: 'back end', agents: 'api web' }],
    ['history search', { query: 'exit "codes"', limit: 5 }],
    ['schedule remove', {}],
  ])('can be typed with the same meaning: %s %j', (path, values) => {
    const { call, text } = callOf(path, values);
    expect(parseText(text, sampleCommands, { bare: false })).toMatchObject({ ok: true, call });
  });

  it.each<readonly [string, Values, string, string]>([
    ['schedule add', { text: 'x', every: 'often' }, 'schedule', '--every takes a duration, not "often".'],
    ['history export', { format: 'jsn' }, 'history', '--format is one of json, markdown, not "jsn".'],
    ['group set', { name: 'all' }, 'group', 'AGENTS is missing.'],
    ['history', {}, 'history', '/history needs a subcommand.'],
    ['history mend', {}, 'history', '/history needs a subcommand.'],
    ['ask', { question: 'x', tone: 'kind' }, 'ask', 'There is no argument tone here.'],
  ])('is refused for people where it is wrong: %s %j', (path, values, command, message) => {
    expect(given(path, values)).toMatchObject({ kind: 'problem', problem: { code: 'usage', command, message } });
  });

  it('that is no longer there says how to go on', () => {
    expect(given('gone')).toMatchObject({
      kind: 'problem',
      problem: { message: 'There is no command /gone.', hint: expect.stringContaining('tutti discord register') },
    });
  });
});

describe('the umbrella', () => {
  it.each(['history list --limit 5', '/history list --limit 5', '  !history list --limit 5'])(
    'takes any command as a text: %s',
    (command) => {
      expect(callOf('tutti', { command }).call).toEqual({ name: 'history', subcommand: 'list', args: { limit: 5 } });
    },
  );

  it('shows the help where nothing is written, and says what no command is', () => {
    expect(callOf('tutti', { command: ' ' }).call.name).toBe('help');
    expect(given('tutti', { command: 'histroy' })).toMatchObject({
      kind: 'problem',
      problem: { hint: 'Did you mean /history?' },
    });
  });
});

describe('a long text', () => {
  it('is asked for in a form, and completes the call', () => {
    const form = given('ask', { question: '-', agents: 'api' });
    if (form.kind !== 'form') throw new Error(form.kind);
    expect(form.field.name).toBe('question');
    expect(JSON.parse(JSON.stringify(form.call))).toEqual(form.call);
    expect(withText(form, '  first line\nsecond ')).toMatchObject({
      kind: 'call',
      call: { name: 'ask', args: { question: 'first line\nsecond', agents: ['api'] } },
      text: '/ask --agents api first line\nsecond',
    });
  });

  it('is asked for through the umbrella, too', () => {
    expect(given('tutti', { command: 'ask -' })).toMatchObject({ kind: 'form', field: { name: 'question' } });
  });

  it('that is empty, or asks for another form, is refused', () => {
    const form = given('ask', { question: '-' });
    if (form.kind !== 'form') throw new Error(form.kind);
    for (const text of [' ', '-'])
      expect(withText(form, text)).toMatchObject({ kind: 'problem', problem: { message: 'QUESTION is empty.' } });
  });

  it('is not asked for by commands that take none', () => {
    expect(callOf('history search', { query: '-' }).call.args).toEqual({ query: '-' });
  });
});

it('is read as the real client brings it', async () => {
  const read: unknown[] = [];
  const double = await withCommands(sampleCommands, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    read.push(readGiven(interaction.commandName, interaction.options.data, sampleCommands));
    await interaction.deferReply();
  });
  await double.command('ask', { question: 'why?', agents: 'api, web', rounds: 2, write: true });
  await double.command('history search', { query: 'exit codes', limit: 5 });
  await double.command('tutti', { command: 'group set all api web' });
  expect(read).toMatchObject([
    { kind: 'call', call: { name: 'ask', args: { question: 'why?', agents: ['api', 'web'], rounds: 2, write: true } } },
    { kind: 'call', call: { name: 'history', subcommand: 'search', args: { query: 'exit codes', limit: 5 } } },
    { kind: 'call', call: { name: 'group', subcommand: 'set', args: { name: 'all', agents: ['api', 'web'] } } },
  ]);
});
