import type { Writable } from 'node:stream';
import type { CommandSpec } from './adapters/adapter.ts';
import { commandHelp, overview } from './adapters/help.ts';
import { type CommandLineRequest, commonOptions } from './adapters/terminal/request.ts';
import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';

/** Words of the command line that are no commands of the registry: they need no runtime, or are a way of starting one. */

const word = { right: 'read', args: [], subcommands: [], surfaces: ['terminal'] } as const;

/** For help and completion. */
export const wordSpecs: readonly CommandSpec[] = [
  { ...word, name: 'init', summary: 'Write a commented tutti.yaml for the projects here' },
  { ...word, name: 'resume', summary: 'Take up what processes that died left unanswered' },
];

export interface WordTools {
  readonly version: string;
  readonly commands: readonly CommandSpec[];
  readonly output: Writable;
}

/** Whether the command line asks for one of the words, for help, or for the version. */
export function isWord({ version, help, words }: CommandLineRequest): boolean {
  return version || help || words[0] === 'init';
}

/** Runs it. Resolves with the exit code; throws UserErrors. */
export async function runWord(request: CommandLineRequest, tools: WordTools): Promise<number> {
  const print = (data: unknown, text: string) => {
    tools.output.write(request.format === 'text' ? `${text}\n` : `${JSON.stringify(data)}\n`);
    return 0;
  };
  if (request.version) return print({ version: tools.version }, tools.version);
  if (request.help) return printHelp(request.words, tools, print);
  const { init } = await import('./config/init.ts');
  const { file, agents } = await init(process.cwd());
  return print(
    { file, agents },
    [
      `Wrote ${file} with ${agents.length} agent${agents.length === 1 ? '' : 's'}:`,
      ...agents.map((agent) => `  @${agent.name}  ${agent.directory}`),
      'Start with: tutti',
    ].join('\n'),
  );
}

function printHelp(
  words: readonly string[],
  { commands }: WordTools,
  print: (data: unknown, text: string) => number,
): number {
  const all = [...commands, ...wordSpecs].toSorted((one, other) => one.name.localeCompare(other.name));
  const [name, subcommand] = words;
  if (name === undefined) {
    const text = [
      'Ask your coding agents together.',
      'Usage: tutti                 the REPL\n       tutti COMMAND …       one command',
      overview(all),
      'tutti COMMAND --help explains one.',
    ];
    return print({ commands: all }, text.join('\n\n'));
  }
  const spec = all.find((command) => command.name === name);
  if (spec === undefined) {
    const near = nearest(
      name,
      all.map((command) => command.name),
    );
    throw new UserError('usage', `There is no command "${name}".`, {
      hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'tutti --help lists all of them.',
      exit: 2,
    });
  }
  return print(
    { commands: [spec] },
    commandHelp(spec, { prefix: 'tutti ', subcommand: subcommand ?? null, common: commonOptions }),
  );
}
