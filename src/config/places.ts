import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { ConfigOrigin } from './shape.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where to look for a configuration. Paths are absolute, but for what people wrote. */
export interface Search {
  /** `--config`. */
  readonly argument: string | null;
  readonly environment: Variables;
  /** The current directory. */
  readonly directory: string;
  /** The root of the running program's own sources. */
  readonly checkout: string | null;
}

/** The file that counts; null where there is none and the current directory is the one agent. */
export interface FoundFile {
  readonly path: string;
  readonly origin: Exclude<ConfigOrigin, 'none'>;
}

/** The first of: `--config`, $TUTTI_CONFIG, ./tutti.yaml, the user's own, the demo. A file that was named and is not there is an error. */
export function findConfigFile({ argument, environment, directory, checkout }: Search): FoundFile | null {
  if (argument !== null) return { path: namedFile('--config', argument, directory), origin: 'argument' };
  const variable = environment.TUTTI_CONFIG ?? '';
  if (variable !== '') return { path: namedFile('$TUTTI_CONFIG', variable, directory), origin: 'environment' };
  const here = join(directory, 'tutti.yaml');
  if (existsSync(here)) return { path: here, origin: 'directory' };
  const own = join(absoluteOr(environment.XDG_CONFIG_HOME, join(home(environment), '.config')), 'tutti', 'tutti.yaml');
  if (existsSync(own)) return { path: own, origin: 'user' };
  const demo = checkout === null ? null : demoOf(checkout, directory);
  return demo === null ? null : { path: demo, origin: 'demo' };
}

function namedFile(source: string, written: string, directory: string): string {
  const path = resolve(directory, written);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) return path;
  const wrong = found === undefined ? 'is not there' : 'is a directory; the file itself must be named';
  throw new UserError('config', `The configuration ${path}, named by ${source}, ${wrong}.`, {
    hint: 'Name a tutti.yaml that exists, or write one with "tutti init".',
    exit: 2,
  });
}

/** A package that was installed has no sources; then its directory is nobody's place of work. */
function demoOf(checkout: string, directory: string): string | null {
  const demo = join(checkout, 'config', 'demo.yaml');
  if (!existsSync(demo) || !existsSync(join(checkout, 'src', 'main.ts'))) return null;
  const way = relative(realpathSync(checkout), realpathSync(directory));
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : demo;
}

/** Where data is kept by default: a directory for each configuration, named after its folder and its real path. */
export function defaultDataDir(
  identity: string,
  folder: string,
  environment: Variables,
  platform: NodeJS.Platform,
): string {
  const base = platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'share'];
  const userData = absoluteOr(environment.XDG_DATA_HOME, join(home(environment), ...base));
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 8);
  return join(userData, 'tutti', `${basename(folder) || 'root'}-${hash}`);
}

/** What identifies a configuration, and the folder that gives its name. */
export function identify(
  file: string | null,
  directory: string,
): { readonly identity: string; readonly folder: string } {
  const identity = realpathSync(file ?? directory);
  return { identity, folder: file === null ? identity : dirname(identity) };
}

function home(environment: Variables): string {
  return absoluteOr(environment.HOME, homedir());
}

/** The XDG rules: a relative path counts as none. */
function absoluteOr(value: string | undefined, otherwise: string): string {
  return value !== undefined && isAbsolute(value) ? value : otherwise;
}
