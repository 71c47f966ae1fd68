import { describe, expect, it } from 'vitest';
import { commandHelp, describeCommands, overview, usageLine } from '../../src/adapters/help.ts';
import { sampleCommands } from '../support/commands.ts';

const command = (name: string) => {
  const spec = sampleCommands.find((one) => one.name === name);
  if (spec === undefined) throw new Error(name);
  return spec;
};

describe('the usage line', () => {
  it('shows what is needed, what may be left out and what may be repeated', () => {
    const group = command('group');
    expect(usageLine(group, group.subcommands[1] ?? null, '/')).toBe('/group set NAME AGENTS…');
    const history = command('history');
    expect(usageLine(history, history.subcommands[2] ?? null, 'tutti ')).toBe(
      'tutti history export [FILE] [--format json|markdown] [--limit N] [--agent AGENT]',
    );
  });
});

describe('help for one command', () => {
  it('lists the usage of every subcommand, and which one is meant when none is named', () => {
    const help = commandHelp(command('history'), { prefix: 'tutti ' });
    expect(help).toContain('NAME\n  history: What happened');
    expect(help).toContain('  tutti history search QUERY [--limit N] [--agent AGENT]');
    expect(help).toContain('  list    The newest entries (when none is named)');
    expect(help).toContain('OPTIONS\n  --limit N      Entries at most');
    expect(help).toContain('"read"');
  });

  it('tells everything about one subcommand', () => {
    const help = commandHelp(command('schedule'), {
      prefix: '/',
      subcommand: 'add',
      common: [{ name: 'json', summary: 'One JSON object', kind: 'flag', type: 'boolean' }],
    });
    expect(help).toContain('schedule add: Add one');
    expect(help).toContain('--every DURATION  How often (30s, 5m, 2h, 7d; required)');
    expect(help).toContain('COMMON OPTIONS\n  --json  One JSON object');
    expect(help).not.toContain('SUBCOMMANDS');
  });
});

it('says only on a command line that a text may come from standard input', () => {
  expect(commandHelp(command('ask'), { prefix: 'tutti ' })).toContain('What to ask (- reads it from standard input)');
  expect(commandHelp(command('ask'), { prefix: '/' })).not.toContain('standard input');
});

it('gives an overview with the summaries in one column', () => {
  expect(overview(sampleCommands).split('\n').slice(0, 2)).toEqual([
    '  ask       Ask a question',
    '  history   What happened',
  ]);
});

describe('what scripts are told of commands', () => {
  it('has the same keys for each, null where there is nothing', () => {
    const described = describeCommands(sampleCommands);
    const args = described.flatMap((one) => [...one.args, ...one.subcommands.flatMap((each) => each.args)]);
    for (const one of described) expect(Object.keys(one)).toEqual(['name', 'summary', 'right', 'args', 'subcommands']);
    for (const one of args) {
      expect(Object.keys(one).join(' ')).toBe('name summary kind type required repeatable choices completes');
    }
    expect(described.find((one) => one.name === 'group')?.subcommands.map((one) => one.name)).toContain('set');
    expect(args).toContainEqual(expect.objectContaining({ required: true, choices: null }));
  });
});
