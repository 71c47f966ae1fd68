/** Takes the pictures of the README from the real program, in a real terminal: `npm run screens`. Needs tmux. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInTmux, type TmuxTerminal } from '../test/support/tmux.ts';
import { ansiSvg } from './ansi-svg.ts';
import { type Scene, writeScene } from './scene.ts';

const root = join(import.meta.dirname, '..');
const prompt = /^›/mu;
const question = 'Why do refresh tokens expire early on staging?';
const asked = `› ${question}`;

interface Stage {
  readonly terminal: TmuxTerminal;
  readonly scene: Scene;
  /** Takes the screen; with `from` all that was on it since the line that begins so. */
  take(name: string, title: string, from?: string): void;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Runs the program in a directory of its own that is gone afterwards; in the repository, or in the scene's projects. */
async function perform(where: 'demo' | 'scene', size: Size, play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-screens-'));
  const scene = writeScene(folder);
  const path = process.env.PATH ?? '';
  const terminal = startInTmux(`exec ${process.execPath} ${join(root, 'src', 'main.ts')}`, {
    directory: where === 'demo' ? root : scene.directory,
    environment: {
      PATH: where === 'demo' ? path : `${scene.binaries}:${path}`,
      HOME: folder,
      TUTTI_DATA_DIR: join(folder, 'data'),
    },
    ...size,
  });
  const take: Stage['take'] = (name, title, from) => {
    const screen = terminal.painted({ scrolled: from !== undefined });
    const text = withoutStyles(screen);
    refuseTraces(text, [root, folder, homedir()]);
    const firstLine = from === undefined ? 0 : text.split('\n').findIndex((line) => line.startsWith(from));
    const picture = ansiSvg(screen, { columns: size.columns, title, firstLine });
    writeFileSync(join(root, 'docs', 'screens', `${name}.svg`), picture);
  };
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const interrupted = () => {
    void terminal.close();
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    await terminal.showed(prompt);
    await play({ terminal, scene, take });
  } finally {
    process.off('SIGINT', interrupted);
    await terminal.close();
    remove();
  }
}

function withoutStyles(screen: string): string {
  return screen.replace(/\x1b\[[\d;]*m/gu, '');
}

/** Nobody is to read in a picture on which machine it was taken. */
function refuseTraces(text: string, traces: readonly string[]): void {
  const absolute = /(?<![\w.:/-])\/[\w.-]+\/[\w.-]+/u.exec(text)?.[0];
  const found = traces.find((trace) => trace.length > 1 && text.includes(trace)) ?? absolute;
  if (found !== undefined) throw new Error(`"${found}" of this machine stands on the screen:\n${text}`);
}

function ask(terminal: TmuxTerminal, text: string): void {
  terminal.type(text);
  terminal.press('Enter');
}

mkdirSync(join(root, 'docs', 'screens'), { recursive: true });

await perform('demo', { columns: 100, rows: 34 }, async ({ terminal, take }) => {
  ask(terminal, 'How do @slack and @discord each deal with rate limits?');
  await terminal.showed(/no model was used\s+›/u);
  take('first-minute', 'The demo: its agents, the suggested question, and the answer with its sources', '');
});

/** Asks, and lets the agents of the first round take as long as people can see. */
async function askThroughFirstRound({ terminal, scene }: Stage): Promise<void> {
  ask(terminal, question);
  await terminal.showed(/api .* [3-9] s/u);
  scene.open('api');
  await terminal.showed(/web .* [5-9] s/u);
  scene.open('web');
  await terminal.showed(/round 2[\s\S]*web .* [2-9] s/u);
}

await perform('scene', { columns: 100, rows: 34 }, async (stage) => {
  const { terminal, scene, take } = stage;
  await askThroughFirstRound(stage);
  take('running', 'A running turn: in its second round one agent is searching, and one waits for it');
  scene.open('web-again');
  await terminal.showed(/codex is not signed in[\s\S]*agents · 2 rounds[\s\S]*›/u);
  take('failure', 'An agent failed: one line says why and what to do; the answer says what is missing', asked);
});

await perform('scene', { columns: 60, rows: 34 }, async (stage) => {
  const { terminal, scene, take } = stage;
  await askThroughFirstRound(stage);
  scene.open('web-again');
  await terminal.showed(/agents · 2 rounds[\s\S]*›/u);
  take('narrow', 'The same turn in a terminal of 60 columns', asked);
});
