import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'tutti-package-'));
const project = join(folder, 'shop');

/** What `npm pack` publishes, installed into an empty folder as a user would. */
beforeAll(() => {
  const npm = (args: readonly string[], cwd: string) =>
    execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [tarball] = npm(['pack', '--silent', '--pack-destination', folder], root).trim().split('\n').slice(-1);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
  npm(['install', '--prefer-offline', join(folder, tarball ?? '')], project);
  writeFileSync(
    join(project, 'cart.js'),
    '/** Puts an item into the shopping cart, unless it is sold out. */\nexport function addToCart(cart, item) {\n  if (item.soldOut) throw new Error("sold out");\n  cart.push(item);\n}\n',
  );
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tutti(args: readonly string[], node: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const PATH = [dirname(node), process.env.PATH ?? ''].join(delimiter);
  const env = { PATH, HOME: folder, TUTTI_DATA_DIR: join(folder, 'data') };
  return new Promise((resolve) => {
    execFile(
      join(project, 'node_modules', '.bin', 'tutti'),
      [...args],
      { cwd: project, env },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

test('an installed package runs doctor and answers a first question', async () => {
  const doctor = await tutti(['doctor', '--json'], process.execPath);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true, config: null });
  const answer = await tutti(
    ['ask', 'What does addToCart do with an item that is sold out?', '--json'],
    process.execPath,
  );
  expect(answer.code).toBe(0);
  const { citations } = JSON.parse(answer.stdout);
  expect(citations).toContainEqual(expect.objectContaining({ path: 'cart.js', verified: true }));
});

const older = process.env.PATH?.split(delimiter)
  .map((directory) => join(directory, 'node'))
  .find((node) => major(node) < 24);

/** Only where the machine has an older Node: elsewhere there is nothing to try it with. */
test.runIf(older !== undefined)(
  'with an older Node first on PATH it says in one sentence which one is needed',
  async () => {
    const ended = await tutti(['--version'], older ?? '');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Tutti needs Node 24 or newer[^\n]*\n$/);
  },
);

function major(node: string): number {
  try {
    return Number(
      /^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1] ?? Number.POSITIVE_INFINITY,
    );
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
