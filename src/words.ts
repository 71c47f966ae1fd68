import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CommandCall, CommandSpec } from './adapters/adapter.ts';
import { parseWords } from './adapters/grammar.ts';
import { commandHelp, describeCommands, overview } from './adapters/help.ts';
import { usageError } from './adapters/terminal/one-command.ts';
import { type CommandLineRequest, commonOptions } from './adapters/terminal/request.ts';
import { shells } from './adapters/terminal/shells.ts';
import { namedCommand } from './commands/call.ts';
import type { Environment } from './config.ts';
import { messageOf, UserError } from './errors.ts';

/** Words of the command line that are no commands of the registry: they need no runtime, or are a way of starting one. */

const manifestFile = fileURLToPath(new URL('../config/slack-manifest.json', import.meta.url));

const word = { right: 'read', args: [], subcommands: [], surfaces: ['terminal'] } as const;

/** For help and completion. */
export const wordSpecs: readonly CommandSpec[] = [
  {
    ...word,
    name: 'completions',
    summary: 'Print a script that teaches a shell to complete tutti',
    args: [{ name: 'shell', summary: 'For which', kind: 'positional', type: 'word', required: true, choices: shells }],
  },
  { ...word, name: 'init', summary: 'Write a commented tutti.yaml for the projects here' },
  { ...word, name: 'serve', summary: 'Serve the chat surfaces that are configured, until the process is ended' },
  {
    ...word,
    name: 'slack',
    summary: 'Set up the Slack app',
    defaultSubcommand: 'manifest',
    subcommands: [
      {
        name: 'manifest',
        summary: 'Print what the Slack app is to be made from',
        right: 'read',
        args: [
          { name: 'write', summary: 'Update config/slack-manifest.json instead', kind: 'flag', type: 'boolean' },
          { name: 'prefix', summary: 'Before the names of the commands', kind: 'option', type: 'word' },
          { name: 'url', summary: 'For HTTP mode: where Slack sends everything', kind: 'option', type: 'word' },
          {
            name: 'redirect',
            summary: 'For several workspaces: where people come back to, https://…/slack/oauth_redirect',
            kind: 'option',
            type: 'word',
          },
        ],
      },
    ],
  },
  {
    ...word,
    name: 'discord',
    summary: 'Set up the Discord application',
    defaultSubcommand: 'register',
    subcommands: [
      {
        name: 'register',
        summary: 'Tell Discord of the commands, and print the link that adds Tutti to a server',
        right: 'read',
        args: [],
      },
    ],
  },
  { ...word, name: 'resume', summary: 'Take up what processes that died left unanswered' },
];

export interface WordTools {
  readonly version: string;
  /** Read only by words that need it. */
  environment(): Environment;
  readonly directory: string;
  readonly checkout: string;
  readonly commands: readonly CommandSpec[];
  readonly output: Writable;
}

/** Whether the command line asks for one of the words, for help, or for the version. */
export function isWord({ version, help, words }: CommandLineRequest): boolean {
  return version || help || ['init', 'completions', 'slack', 'discord'].includes(words[0] ?? '');
}

/** Runs it. Resolves with the exit code; throws UserErrors. */
export async function runWord(request: CommandLineRequest, tools: WordTools): Promise<number> {
  const print = (data: unknown, text: string) => {
    tools.output.write(request.format === 'text' ? `${text}\n` : `${JSON.stringify(data)}\n`);
    return 0;
  };
  if (request.version) return print({ version: tools.version }, tools.version);
  if (request.help) return printHelp(request.words, tools, print);
  const parsed = parseWords(request.words, wordSpecs);
  if (!parsed.ok) throw usageError(parsed.problem);
  if (parsed.call.name === 'completions') return printCompletions(parsed.call, tools, print);
  if (parsed.call.name === 'slack') return printManifest(parsed.call, tools, print);
  if (parsed.call.name === 'discord') {
    const { registerOnDiscord } = await import('./words/discord-register.ts');
    const { data, text, exit } = await registerOnDiscord({ ...tools, config: request.config });
    print(data, text);
    return exit;
  }
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

async function printManifest(
  { args }: CommandCall,
  { commands }: WordTools,
  print: (data: unknown, text: string) => number,
): Promise<number> {
  const { slackManifest } = await import('./adapters/slack/manifest.ts');
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const manifest = slackManifest(commands, {
    prefix: text(args.prefix) ?? '',
    url: text(args.url),
    redirect: text(args.redirect),
  });
  const written = JSON.stringify(manifest, null, 2);
  if (args.write !== true) return print(manifest, written);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(manifestFile, `${written}\n`).catch((error: unknown) => {
    throw new UserError('not-written', `${manifestFile} cannot be written: ${messageOf(error)}.`, {
      hint: 'Print it instead: tutti slack manifest',
    });
  });
  return print({ file: manifestFile }, `Wrote ${manifestFile}`);
}

async function printCompletions(
  { args }: CommandCall,
  { commands }: WordTools,
  print: (data: unknown, text: string) => number,
): Promise<number> {
  const { completionScript } = await import('./adapters/terminal/completions.ts');
  const shell = shells.find((one) => one === args.shell) ?? 'bash';
  const script = completionScript(shell, [...commands, ...wordSpecs]);
  return print({ shell, script }, script.trimEnd());
}

function printHelp(
  words: readonly string[],
  { commands }: WordTools,
  print: (data: unknown, text: string) => number,
): number {
  const here = commands.filter(({ surfaces }) => surfaces?.includes('terminal') ?? true);
  const all = [...here, ...wordSpecs].toSorted((one, other) => one.name.localeCompare(other.name));
  const [name, subcommand] = words;
  if (name === undefined) {
    const text = [
      'Ask your coding agents together.',
      'Usage: tutti                 the REPL\n       tutti COMMAND …       one command',
      overview(all),
      'tutti COMMAND --help explains one.',
    ];
    return print({ commands: describeCommands(all) }, text.join('\n\n'));
  }
  const spec = namedCommand(name, all, 'tutti --help lists all of them.');
  return print(
    { commands: describeCommands([spec]) },
    commandHelp(spec, { prefix: 'tutti ', subcommand: subcommand ?? null, common: commonOptions }),
  );
}
