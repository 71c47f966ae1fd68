import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { TerminalHost } from './adapters/terminal/host.ts';
import { createOutput } from './adapters/terminal/output.ts';
import { reportError } from './adapters/terminal/report.ts';
import {
  type CommandLineRequest,
  conversationNamed,
  type OutputFormat,
  readRequest,
} from './adapters/terminal/request.ts';
import { createTerminal, type Terminal } from './adapters/terminal/terminal.ts';
import { bannerOf } from './banner.ts';
import * as commandList from './commands/index.ts';
import { compose, type Program } from './compose.ts';
import { type Config, loadConfig, readEnvironment } from './config.ts';
import { messageOf, UserError } from './errors.ts';
import { createLog } from './log.ts';
import { createMask, knownSecrets } from './mask.ts';
import { isWord, runWord, wordSpecs } from './words.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const commands = Object.values(commandList);

/** Runs what stands on the command line to its end. Resolves with the exit code; what fails is said, never thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  const read = readRequest(argv);
  if (!read.ok) return fail(new UserError('usage', read.message, { exit: 2 }), read.format);
  const { request } = read;
  try {
    if (isWord(request)) return await runWord(request, { version: version(), commands, output: process.stdout });
    return await runTerminal(request);
  } catch (thrown) {
    return fail(thrown, request.format);
  }
}

async function fail(thrown: unknown, format: OutputFormat): Promise<number> {
  const problem =
    thrown instanceof UserError
      ? thrown
      : new UserError('internal', `Tutti failed: ${messageOf(thrown)}`, { hint: 'Nothing that was recorded is lost.' });
  const streams = { output: createOutput(process.stdout), error: createOutput(process.stderr) };
  await reportError(problem, { ...streams, format, at: new Date().toISOString() }).catch(() => undefined);
  return problem.exit;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(found);
}

async function runTerminal(request: CommandLineRequest): Promise<number> {
  const environment = readEnvironment();
  const directory = process.cwd();
  const { providers } = await import('./agents/providers/index.ts');
  const config = await loadConfig({
    argument: request.config,
    environment: environment.variables,
    directory,
    checkout,
    providers,
  });
  const conversation =
    request.conversation === null ? conversationOf(directory) : conversationNamed(request.conversation);
  const mask = createMask(knownSecrets(environment.variables, ...config.agents.map((agent) => agent.env)));
  const terminal = createTerminal({
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
    request,
    author: { id: userInfo().username, name: userInfo().username, isBot: false, roles: [] },
    conversation,
    color: environment.color,
    plain: environment.plain,
    attachments: config.attachments,
    places: { directory, home: homedir() },
    historyFile: join(config.dataDir, 'input-history.jsonl'),
    mask,
    render: async (markdown, options) => (await import('./markdown/terminal.ts')).renderTerminal(markdown, options),
    now: () => new Date(),
    clock: () => performance.now(),
    newId: randomUUID,
  });
  const isRepl = request.words.length === 0;
  const log = createLog({
    level: environment.logLevel ?? 'warn',
    mask,
  });
  const program = compose({
    config,
    environment,
    version: version(),
    role: isRepl ? 'repl' : 'command',
    log,
    commands,
    otherCommands: wordSpecs,
    adapters: [terminal],
    directory,
  });
  listenToSignals(terminal);
  try {
    program.prune();
    await terminal.start(await hostOf(program, config, conversation));
    return await terminal.run();
  } finally {
    await program.close(isRepl ? config.limits.shutdownGraceMs : 0);
  }
}

/** One conversation for each working directory. */
function conversationOf(directory: string): string {
  const real = realpathSync(directory);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 6);
  return `terminal:${basename(real).replace(/[^\w.-]+/g, '-') || 'root'}-${hash}`;
}

function listenToSignals(terminal: Terminal): void {
  let ending = false;
  const end = () => {
    // Whoever asks twice does not want to wait.
    if (ending) process.exit(130);
    ending = true;
    terminal.terminate();
  };
  process.on('SIGINT', () => terminal.interrupt());
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

async function hostOf(program: Program, config: Config, conversation: string): Promise<TerminalHost> {
  const { runtime, ledger } = program;
  const agents = await program.registry.agents();
  const isTerminal = (surface: string) => surface === 'terminal';
  return {
    ...runtime.host,
    banner: () =>
      bannerOf({
        version: version(),
        config,
        directory: process.cwd(),
        agents,
        ledger,
        search: program.search,
        notices: program.notices,
        conversation,
        moderatorName: program.moderatorName,
      }),
    async stop(conversation) {
      const open = ledger
        .open()
        .filter((turn) => turn.message.conversation === conversation && turn.instance === ledger.instance);
      const running = open.filter((turn) => runtime.running.has(turn.id));
      const [turn] = running.length > 0 ? running : open;
      if (turn === undefined) return false;
      await runtime.stop(turn, userInfo().username);
      return true;
    },
    async adopt(conversation) {
      const turns = await runtime.adopt(
        ({ message }) =>
          isTerminal(message.place.surface) && (conversation === null || message.conversation === conversation),
      );
      return turns.map(({ id, message }) => ({
        turnId: id,
        conversation: message.conversation,
        question: message.text,
      }));
    },
  };
}
