import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { type LoggedCall, loggedCalls, type Script, scriptedCommand } from './scripted.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/** Scenes have homes of their own; compiled code is shared, or every start would compile everything anew. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), 'tutti-test-compiled') };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Scene {
  /** Holds the configuration, the data directory (`data`) and the agents' projects. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What scripted agents and the mind logged so far. */
  calls(): readonly LoggedCall[];
}

export interface SceneOptions {
  readonly agents: readonly string[];
  readonly script: Script;
  /** Merged into the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Merged into every agent. */
  readonly agent?: Readonly<Record<string, unknown>>;
}

/** A configuration whose agents and mind are scripted programs, each agent in a project of its own; removed after the test. */
export function createScene({ agents, script, config = {}, agent = {} }: SceneOptions): Scene {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-scene-'));
  onTestFinished(() => {
    // A test that failed, or killed the program on purpose, may leave agents behind.
    for (const pid of providersLeft(directory)) process.kill(pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  const command = scriptedCommand(directory, script);
  for (const name of agents) {
    mkdirSync(join(directory, name, 'src'), { recursive: true });
    writeFileSync(join(directory, name, 'src', 'main.ts'), `// ${name}\n${'line\n'.repeat(20)}`);
  }
  const entries = agents.map((name) => [
    name,
    { directory: `./${name}`, provider: 'command', command, description: name, ...agent },
  ]);
  const moderator = { model: 'command', command, ...(config.moderator as object | undefined) };
  writeFileSync(
    join(directory, 'tutti.yaml'),
    stringify({ agents: Object.fromEntries(entries), ...config, moderator }),
  );
  return {
    directory,
    environment: {
      PATH: process.env.PATH ?? '',
      HOME: directory,
      TUTTI_DATA_DIR: join(directory, 'data'),
      ...compiled,
    },
    calls: () => loggedCalls(directory),
  };
}

export interface StartOptions {
  readonly input?: string;
  /** Arguments of Node before the program, such as `--import`. */
  readonly node?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the real program in the scene's directory. */
export function start(
  scene: Pick<Scene, 'directory' | 'environment'>,
  args: readonly string[],
  options: StartOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended>; output(): string } {
  const child = spawn(process.execPath, [...(options.node ?? []), main, ...args], {
    cwd: scene.directory,
    env: { ...scene.environment, ...options.environment },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.end(options.input);
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended, output: () => stdout };
}

/** Runs the program to its end. */
export function run(
  scene: Pick<Scene, 'directory' | 'environment'>,
  args: readonly string[],
  options: StartOptions = {},
): Promise<Ended> {
  return start(scene, args, options).ended;
}

/** The object that `--json` printed; throws with all that was printed where it is none. */
export function printed(ended: Ended): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(ended.stdout);
  } catch {
    throw new Error(`No JSON on stdout (exit ${ended.code}, ${ended.signal}):\n${ended.stdout}\n${ended.stderr}`);
  }
}

/** Ids of live processes (no zombies) that carry the id of an ask in their environment and run below the directory. Linux. */
export function providersLeft(directory: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        const state = /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        return state !== 'Z' && environment.includes('TUTTI_ASK=') && environment.includes(directory);
      } catch {
        return false;
      }
    });
}
