import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository that can be read and cloned. */
export interface Repository {
  /** `owner/name`. */
  readonly name: string;
  git(...args: readonly string[]): Promise<string>;
}

export interface Checkout extends Repository {
  readonly directory: string;
}

/** Finds `owner/name` in a folder of repositories: as `owner/name`, `owner+name/repo`, `owner+name`, or `name`. */
export function openRepository(folder: string, name: string): Repository & { readonly directory: string } {
  const [owner = '', project = ''] = name.split('/');
  const candidates = [join(owner, project), join(`${owner}+${project}`, 'repo'), `${owner}+${project}`, project];
  const directory = candidates.map((candidate) => join(folder, candidate)).find((path) => existsSync(path));
  if (directory === undefined) throw new Error(`${name} is not in ${folder}: clone it there first.`);
  return repositoryIn(directory, name);
}

/** A work tree of its own that shares the objects of the repository; nothing is checked out yet. */
export async function cloneInto(
  parent: string,
  source: Repository & { readonly directory: string },
): Promise<Checkout> {
  const directory = join(parent, source.name.split('/')[1] ?? source.name);
  await run('git', ['clone', '--quiet', '--shared', '--no-checkout', source.directory, directory]);
  return repositoryIn(directory, source.name);
}

/** Puts the work tree to a commit; files of the last one go. */
export async function moveTo(checkout: Checkout, commit: string): Promise<void> {
  await checkout.git('checkout', '--quiet', '--force', '--detach', commit);
}

function repositoryIn(directory: string, name: string): Checkout {
  return {
    name,
    directory,
    git: async (...args) => {
      const quiet = ['-c', 'core.quotePath=false', '-c', 'advice.detachedHead=false'];
      const { stdout } = await run('git', [...quiet, ...args], { cwd: directory, maxBuffer: 256_000_000 });
      return stdout;
    },
  };
}
