import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What Tutti is measured against and has no use for itself; a change of version is installed anew. */
const pinned = {
  bullmq: ['bullmq@6.7.0', 'ioredis@5.11.1'],
  hubot: ['hubot@14.1.0'],
} as const;

/** Where peers are kept between measurements. */
export const peerCache = join(homedir(), '.cache', 'tutti-bench');

/**
 * The directory of an installed package, which is installed first where it is not there yet: apart from the repository, with pinned
 * versions, and without running any script of its own. Rejects in one sentence where that fails, as without a network.
 */
export async function peerPackage(name: keyof typeof pinned): Promise<string> {
  const packages = pinned[name];
  const directory = join(peerCache, packages.join('+'));
  const installed = join(directory, 'node_modules', name);
  if (!existsSync(installed)) await install(packages, directory);
  return installed;
}

async function install(packages: readonly string[], directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)('npm', ['install', '--prefix', unfinished, ...options, ...packages]);
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const why = /npm error (?!code|syscall|errno)(.*)/u.exec(String(error))?.[1] ?? 'is npm on the PATH?';
    throw new Error(`${packages.join(' and ')} could not be installed: ${why}`);
  }
}
