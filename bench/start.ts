import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import type { BenchRow } from './row.ts';

const root = join(import.meta.dirname, '..');
const heavy = [
  'langchain',
  'discord.js',
  '@slack/bolt',
  'remark',
  'remark-gfm',
  'execa',
  'simple-git',
  'pino',
  'keyv',
  'zod',
  'yaml',
];
const rounds = 7;

/** From the start of the process to the first prompt on a real terminal, against bare Node and against loading everything at once. */
export async function run(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    const imports = `await Promise.all(${JSON.stringify(heavy)}.map((name) => import(name)))`;
    const tutti = () => until([process.execPath, join(root, 'src', 'main.ts')], directory, '›');
    const bare = () => until([process.execPath, '-e', '"console.log(1)"'], directory, '1');
    const eager = () =>
      until([process.execPath, '--input-type=module', '-e', `'${imports}; console.log(7)'`], directory, '7');
    await tutti();
    const times = { tutti: [] as number[], bare: [] as number[], eager: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.tutti.push(await tutti());
      times.bare.push(await bare());
      times.eager.push(await eager());
    }
    const [ours, floor, everything] = [median(times.tutti), median(times.bare), median(times.eager)];
    return [
      {
        name: 'prompt ready, against bare Node',
        ours,
        peer: floor,
        ratio: ours / floor,
        goal: 'at most 3.5x',
        reached: ours / floor <= 3.5,
        unit: 'ms',
      },
      {
        name: 'all packages loaded at once, against bare Node',
        ours: everything,
        peer: floor,
        ratio: everything / floor,
        goal: 'at least 8x (what is avoided)',
        reached: everything / floor >= 8,
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Milliseconds until the text stands on the terminal; the program is ended then. */
function until(command: readonly string[], dataDir: string, text: string): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qec', command.join(' '), '/dev/null'], {
      cwd: root,
      env: { ...process.env, TERM: 'xterm', TUTTI_DATA_DIR: join(dataDir, 'data') },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let seen = '';
    let ms = Number.NaN;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      seen += chunk;
      if (!Number.isNaN(ms) || !seen.includes(text)) return;
      ms = performance.now() - begun;
      child.kill('SIGTERM');
    });
    child.on('error', reject);
    child.on('close', () =>
      Number.isNaN(ms) ? reject(new Error(`"${text}" never came: ${seen.slice(0, 500)}`)) : resolve(ms),
    );
  });
}
