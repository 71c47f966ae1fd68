import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'quality', 'main.ts');

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-quality-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

async function quality(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, ...texts };
}

it('measures every way to ask without a model, on real projects', async () => {
  const details = join(scratch(), 'details.json');
  const ended = await quality('--only', 'shop-formats', '--details', details);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toContain(
    '| single agent | fan-out | moderator, 1 round | moderator, 2 rounds | moderator, 3 rounds |',
  );
  const replies: { way: string; reply: { turns: number; modelCalls: number } }[] = JSON.parse(
    readFileSync(details, 'utf8'),
  );
  expect(replies.map(({ way }) => way)).toEqual(['single', 'fan-out', 'moderator-1', 'moderator-2', 'moderator-3']);
  expect(replies.map(({ reply }) => reply.modelCalls)).toEqual([0, 0, 0, 0, 0]);
  expect(replies[0]?.reply.turns).toBe(1);
  expect(replies[1]?.reply.turns).toBe(5);
});

it('measures a program that answers: its calls, and whether its sources are the right ones', async () => {
  const directory = scratch();
  const program = join(directory, 'agent.mjs');
  writeFileSync(
    program,
    `import { existsSync } from 'node:fs';
for (const path of ['storefront/src/price.js', 'src/price.js']) if (existsSync(path)) console.log('In ' + path + ':5.');
`,
  );
  const details = join(directory, 'details.json');
  const chosen = ['--only', 'shop-formats', '--ways', 'single,fan-out', '--details', details];
  const ended = await quality('--provider', 'command', '--command', `${process.execPath} ${program}`, ...chosen);
  const [single, fanOut] = JSON.parse(readFileSync(details, 'utf8'));
  expect(ended.code).toBe(0);
  expect(single).toMatchObject({ right: true, cited: 1, citedRight: 1, goldCited: 1, reply: { modelCalls: 1 } });
  expect(fanOut).toMatchObject({ right: true, cited: 1, citedRight: 1, reply: { modelCalls: 5 } });
});

it('says in a sentence why it cannot run', async () => {
  expect(await quality('--provider', 'nosuch', '--only', 'shop-formats')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nosuch'),
  });
  expect(await quality('--ways', 'nosuch')).toMatchObject({ code: 2, stderr: '--ways names no way to ask.\n' });
});
