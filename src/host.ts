import { userInfo } from 'node:os';
import { join, relative } from 'node:path';
import type { TerminalHost } from './adapters/terminal/host.ts';
import { replOwnCommands } from './adapters/terminal/repl-commands.ts';
import type { CommandLineRequest } from './adapters/terminal/request.ts';
import type { Terminal } from './adapters/terminal/terminal.ts';
import { bannerOf, waitingElsewhere } from './banner.ts';
import * as commands from './commands/index.ts';
import { compose, type Program } from './compose.ts';
import { type Config, type Environment, loadConfig } from './config.ts';
import { createLog } from './log.ts';
import { createMask, knownSecrets } from './mask.ts';
import { wordSpecs } from './words.ts';

export interface HostOptions {
  readonly request: CommandLineRequest;
  readonly environment: Environment;
  /** Where the person is. */
  readonly directory: string;
  /** Where Tutti itself is. */
  readonly checkout: string;
  readonly version: string;
  /** The conversation that is meant when none is named. */
  readonly conversation: string;
  readonly terminal: Terminal;
}

/** What stands behind the terminal, and how to end it: with the configured grace for what a REPL left running. */
export interface OpenedHost {
  readonly host: TerminalHost;
  close(): Promise<void>;
}

/** Reads the configuration and builds everything that answers the terminal. Throws UserErrors about the configuration and the data directory. */
export async function openHost(options: HostOptions): Promise<OpenedHost> {
  const { environment, directory, request } = options;
  const { providers } = await import('./agents/providers/index.ts');
  const config = await loadConfig({
    argument: request.config,
    environment: environment.variables,
    directory,
    checkout: options.checkout,
    providers,
  });
  const isRepl = request.words.length === 0;
  const mask = createMask(knownSecrets(environment.variables, ...config.agents.map((agent) => agent.env)));
  const program = compose({
    config,
    environment,
    version: options.version,
    role: isRepl ? 'repl' : 'command',
    log: createLog({ level: environment.logLevel ?? 'warn', mask, write: options.terminal.log }),
    commands: Object.values(commands),
    otherCommands: isRepl ? replOwnCommands : wordSpecs,
    adapters: [options.terminal],
    directory,
  });
  program.prune();
  return {
    host: await hostOf(program, config, mask, options),
    close: () => program.close(isRepl ? config.limits.shutdownGraceMs : 0),
  };
}

async function hostOf(
  program: Program,
  config: Config,
  mask: (text: string) => string,
  { version, directory, conversation }: HostOptions,
): Promise<TerminalHost> {
  const { runtime, ledger, search, notices, moderatorName } = program;
  const agents = await program.registry.agents();
  return {
    ...runtime.host,
    attachments: config.attachments,
    historyFile: join(config.dataDir, 'input-history.jsonl'),
    mask,
    directoryOf(name) {
      const agent = agents.find((one) => one.name === name);
      return agent === undefined ? null : relative(directory, agent.directory) || '.';
    },
    banner: () =>
      bannerOf({ version, config, directory, agents, ledger, search, notices, conversation, moderatorName }),
    waitingElsewhere: () => waitingElsewhere(ledger, conversation),
    endNow: program.endNow,
    async stop(stopped) {
      const open = ledger
        .open()
        .filter((turn) => turn.message.conversation === stopped && turn.instance === ledger.instance);
      const running = open.filter((turn) => runtime.running.has(turn.id));
      const [turn] = running.length > 0 ? running : open;
      if (turn === undefined) return false;
      await runtime.stop(turn, userInfo().username);
      return true;
    },
    async adopt(adopted) {
      const turns = await runtime.adopt(
        ({ message }) => message.place.surface === 'terminal' && (adopted === null || message.conversation === adopted),
      );
      return turns.map(({ id, message }) => ({
        turnId: id,
        conversation: message.conversation,
        question: message.text,
      }));
    },
  };
}
