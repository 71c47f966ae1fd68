import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { surfaceSuite } from '../../contracts/surface.ts';
import { createScene } from '../../support/program.ts';

const main = new URL('../../../src/main.ts', import.meta.url).pathname;

surfaceSuite(
  'the terminal',
  async (options) => {
    const scene = createScene(options);
    const child = spawn(process.execPath, [main], { cwd: scene.directory, env: scene.environment, stdio: 'pipe' });
    const closed = new Promise((resolve) => child.on('close', resolve));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await closed;
    });
    let shown = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
    const write = async (line: string) => void child.stdin.write(`${line}\n`);
    return { say: write, command: (text) => write(`/${text}`), shown: () => shown, calls: scene.calls };
  },
  // A pipe is read line by line, in order.
  { steers: false },
);
