/** The program on its standard input, with one command more: `ping` tells by a message when it was called. */
import { createTerminal } from '../src/adapters/terminal/terminal.ts';
import { providers } from '../src/agents/providers/index.ts';
import type { ImmediateCommand } from '../src/commands/command.ts';
import * as commandList from '../src/commands/index.ts';
import { compose } from '../src/compose.ts';
import { loadConfig, readEnvironment } from '../src/config.ts';
import { createLog } from '../src/log.ts';

const ping: ImmediateCommand = {
  kind: 'immediate',
  name: 'ping',
  summary: 'Say that it was called',
  right: 'read',
  args: [],
  subcommands: [],
  changes: () => false,
  async run() {
    process.send?.(String(process.hrtime.bigint()));
    return { markdown: 'pong', data: null };
  },
};

const directory = process.cwd();
const environment = readEnvironment();
const variables = environment.variables;
const config = await loadConfig({ argument: null, environment: variables, directory, checkout: null, providers });
const terminal = createTerminal({
  input: process.stdin,
  output: process.stdout,
  error: process.stderr,
  request: { config: null, conversation: null, format: 'text', version: false, help: false, words: [] },
  author: { id: 'bench', name: 'bench', isBot: false, roles: [] },
  conversation: 'terminal:bench',
  color: false,
  plain: true,
  places: { directory, home: directory },
  render: async (markdown) => markdown,
  now: () => new Date(),
  clock: () => performance.now(),
  newId: () => String(process.hrtime.bigint()),
});
const program = compose({
  config,
  environment,
  version: '0',
  role: 'repl',
  log: createLog({ level: 'silent', mask: (text) => text }),
  commands: [...Object.values(commandList), ping],
  otherCommands: [],
  adapters: [terminal],
  directory,
});
await terminal.start({
  ...program.runtime.host,
  attachments: config.attachments,
  historyFile: null,
  mask: (text) => text,
  directoryOf: () => null,
  banner: () => ({ version: '0', agents: [], moderator: null, notices: [], suggestion: null, following: [] }),
  waitingElsewhere: () => null,
  endNow: () => {},
  stop: async () => false,
  adopt: async () => [],
});
process.send?.('ready');
process.exitCode = await terminal.run();
