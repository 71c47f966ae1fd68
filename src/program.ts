import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { basename } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createOutput } from './adapters/terminal/output.ts';
import { reportError } from './adapters/terminal/report.ts';
import {
  type CommandLineRequest,
  conversationNamed,
  type OutputFormat,
  readRequest,
} from './adapters/terminal/request.ts';
import { createTerminal, type Terminal } from './adapters/terminal/terminal.ts';
import { readEnvironment } from './config.ts';
import { messageOf, UserError } from './errors.ts';
import { isWord } from './words.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** Runs what stands on the command line to its end. Resolves with the exit code; what fails is said, never thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  const read = readRequest(argv);
  if (!read.ok) return fail(new UserError('usage', read.message, { exit: 2 }), read.format);
  const { request } = read;
  try {
    if (isWord(request)) return await runWord(request);
    if (request.words[0] === 'serve') return await runServe(request);
    return await runTerminal(request);
  } catch (thrown) {
    return fail(thrown, request.format);
  }
}

async function runWord(request: CommandLineRequest): Promise<number> {
  const [words, commands] = await Promise.all([import('./words.ts'), import('./commands/index.ts')]);
  return words.runWord(request, {
    version: version(),
    environment: readEnvironment,
    directory: process.cwd(),
    checkout,
    commands: Object.values(commands),
    output: process.stdout,
  });
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

/** Until the process is asked to end; asked twice, it ends at once. */
async function runServe(request: CommandLineRequest): Promise<number> {
  if (request.words.length > 1) throw new UserError('usage', 'tutti serve takes no arguments.', { exit: 2 });
  const ending = new AbortController();
  let exit = 0;
  const end = (code: number) => {
    if (ending.signal.aborted) process.exit(130);
    exit = code;
    ending.abort();
  };
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(0));
  process.on('SIGHUP', () => end(0));
  const { serve } = await import('./serve.ts');
  await serve({
    request,
    environment: readEnvironment(),
    directory: process.cwd(),
    checkout,
    version: version(),
    output: process.stdout,
    signal: ending.signal,
  });
  return exit;
}

/** The prompt of a REPL is shown before the rest of the program is loaded, so that typing can begin. */
async function runTerminal(request: CommandLineRequest): Promise<number> {
  const environment = readEnvironment();
  const directory = process.cwd();
  const conversation =
    request.conversation === null ? conversationOf(directory) : conversationNamed(request.conversation);
  const terminal = createTerminal({
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
    request,
    author: { id: userInfo().username, name: userInfo().username, isBot: false, roles: [] },
    conversation,
    color: environment.color,
    plain: environment.plain,
    places: { directory, home: homedir() },
    render: async (markdown, options) =>
      environment.plain
        ? (await import('./markdown/plain.ts')).showPlain(markdown, options)
        : (await import('./markdown/terminal.ts')).showTerminal(markdown, options),
    now: () => new Date(),
    clock: () => performance.now(),
    newId: randomUUID,
  });
  const left = new AbortController();
  listenToSignals(terminal, left.signal);
  await terminal.open();
  const { openHost } = await import('./host.ts');
  const opened = await openHost({
    request,
    environment,
    directory,
    checkout,
    version: version(),
    conversation,
    terminal,
  }).catch(async (problem) => {
    await terminal.stop();
    throw problem;
  });
  try {
    await terminal.start(opened.host);
    return await terminal.run();
  } finally {
    left.abort();
    await opened.close();
  }
}

/** One conversation for each working directory. */
function conversationOf(directory: string): string {
  const real = realpathSync(directory);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 6);
  return `terminal:${basename(real).replace(/[^\w.-]+/g, '-') || 'root'}-${hash}`;
}

function listenToSignals(terminal: Terminal, left: AbortSignal): void {
  let ending = false;
  const end = () => {
    // Whoever asks twice does not want to wait.
    if (ending) process.exit(130);
    ending = true;
    terminal.terminate();
  };
  process.on('SIGINT', () => {
    // Nobody is there any more who could be interrupted, only what is given its time to end.
    if (left.aborted) process.exit(130);
    terminal.interrupt();
  });
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}
