import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { interleaved, rowOf } from './measure.ts';
import { peerPackage } from './peers.ts';
import type { BenchRow } from './row.ts';

const messages = 1000;
const script = `export default async (robot) => {
  robot.respond(/ping/, () => process.send(String(process.hrtime.bigint())));
};
`;
/** The first of its scripts says that it is ready, when all of them are loaded. */
const readiness = `export default async (robot) => {
  robot.on('scripts have loaded', () => process.send('ready'));
};
`;

/**
 * From a line on the standard input of a chat program to the handler of what it says: ours through its whole runtime, to a command that
 * looks something up; hubot's through its shell adapter, to a listener. Both are programs of their own.
 */
export async function run(): Promise<BenchRow[]> {
  const hubot = await peerPackage('hubot');
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rmSync(directory, { recursive: true, force: true }));
  const ours = await startOurs(join(directory, 'tutti'));
  cleanup.defer(ours.stop);
  const peer = await startHubot(hubot, join(directory, 'hubot'));
  cleanup.defer(peer.stop);
  const measured = await interleaved(
    messages,
    () => milliseconds(ours, '/ping\n'),
    () => milliseconds(peer, 'Hubot ping\n'),
  );
  return [rowOf("message to handler on standard input, against hubot's shell adapter", measured, 1)];
}

/** Both clocks are the system's own. */
async function milliseconds(child: Child, line: string): Promise<number> {
  let written = 0n;
  const called = await child.next(({ stdin }) => {
    written = process.hrtime.bigint();
    stdin?.write(line);
  });
  return Number(BigInt(String(called)) - written) / 1e6;
}

function startOurs(directory: string): Promise<Child> {
  mkdirSync(directory);
  writeFileSync(join(directory, 'tutti.yaml'), 'agents:\n  shop: { directory: ./, provider: search }\n');
  const env = { ...process.env, TUTTI_DATA_DIR: join(directory, 'data') };
  return startChild(join(import.meta.dirname, 'terminal-child.ts'), [], { cwd: directory, env });
}

function startHubot(hubot: string, directory: string): Promise<Child> {
  mkdirSync(join(directory, 'scripts'), { recursive: true });
  writeFileSync(join(directory, 'scripts', 'ping.mjs'), script);
  writeFileSync(join(directory, 'scripts', 'ready.mjs'), readiness);
  return startChild(join(hubot, 'bin', 'Hubot.mjs'), ['--adapter', 'Shell', '--disable-httpd'], { cwd: directory });
}
