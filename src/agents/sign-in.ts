import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProviderStatus, SignIn } from './provider.ts';
import { probe } from './run.ts';

/** Whether somebody is signed in to a CLI, without a model call: `path` is its binary, `environment` what it would get. Never throws. */
export async function signedIn(
  signIn: SignIn | undefined,
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<ProviderStatus['signedIn']> {
  if (signIn === undefined) return 'unknown';
  const contents = await contentsOf(signIn.files ?? [], environment.HOME);
  if (signIn.args === undefined) return signIn.judge(environment, contents);
  const { code, signal, stdout, stderr } = await probe(path, signIn.args, environment);
  return signIn.read({ code, signal, stderr }, stdout, contents);
}

async function contentsOf(files: readonly string[], home: string | undefined): Promise<Record<string, string | null>> {
  const read = async (file: string) =>
    [file, home === undefined ? null : await readFile(join(home, file), 'utf8').catch(() => null)] as const;
  return Object.fromEntries(await Promise.all(files.map(read)));
}
