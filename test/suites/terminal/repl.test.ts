import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createScene, type Scene } from '../../support/program.ts';
import type { ScriptStep } from '../../support/scripted.ts';
import { startInTmux, type TmuxTerminal } from '../../support/tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

const main = new URL('../../../src/main.ts', import.meta.url).pathname;
const program = `${process.execPath} ${main}`;

const answers: readonly ScriptStep[] = [
  {
    when: { phase: 'decide', round: 0 },
    answer: JSON.stringify({
      next: 'ask',
      reason: 'they know',
      asks: [
        { agent: 'api', prompt: 'tell' },
        { agent: 'web', prompt: 'tell' },
      ],
    }),
  },
  {
    answer: JSON.stringify({
      next: 'answer',
      markdown: 'Both **agree** [api:src/main.ts:2].',
      disagreements: [],
      unanswered: [],
    }),
  },
];

/** Two agents that know something, and one that never comes back. */
function scene(): Scene {
  return createScene({
    agents: ['api', 'web', 'slow'],
    script: {
      agents: { tutti: answers, slow: [{ hang: true }] },
      otherwise: { answer: 'See src/main.ts:2.' },
    },
  });
}

interface StartOptions {
  readonly in?: Scene;
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: string;
  /** What shows that typing can begin; the prompt. */
  readonly ready?: RegExp;
}

async function start(options: StartOptions = {}): Promise<TmuxTerminal & { readonly scene: Scene }> {
  const used = options.in ?? scene();
  const terminal = startInTmux(options.command ?? program, {
    directory: used.directory,
    environment: { ...used.environment, ...options.environment },
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    ...(options.rows === undefined ? {} : { rows: options.rows }),
  });
  onTestFinished(terminal.close);
  await terminal.shows(options.ready ?? /^(?:›|>)/mu);
  return { ...terminal, scene: used };
}

function ask(terminal: TmuxTerminal, question: string): void {
  terminal.type(question);
  terminal.press('Enter');
}

describe('a question', () => {
  test('is answered under itself, with its sources, above a fresh prompt', async () => {
    const terminal = await start();
    await terminal.shows('3 agents');
    ask(terminal, 'do you agree?');
    await terminal.shows('Sources');
    await terminal.shows(/›$/u);
    const said = terminal.screen();
    expect(said).toMatch(
      /› do you agree\?\s+asking api, web …\s+✓ (?:api|web) +answered.*\n +✓ (?:api|web) +answered.*\n\n +Both agree \[1\]\.\n\n +Sources\n +1 ✓ api +api\/src\/main\.ts:2\n/u,
    );
    expect(said.match(/› do you agree/gu)).toHaveLength(1);
  });

  test('that fails says on one line why', async () => {
    const used = createScene({
      agents: ['api'],
      script: { agents: {}, otherwise: { stderr: 'no licence found', exit: 3 } },
    });
    const terminal = await start({ in: used });
    ask(terminal, 'why?');
    await terminal.shows(/✗ api {2,}\S/u);
    await terminal.shows(/›$/u);
  });
});

describe('typing', () => {
  test('completes commands, agents and their arguments', async () => {
    const terminal = await start();
    terminal.type('/hi');
    await terminal.shows(/^ {2}history {2}\S/mu);
    terminal.press('Tab');
    await terminal.shows(/^› \/history$/mu);
    terminal.press('C-u');
    terminal.type('@a');
    await terminal.shows(/^ {2}api/mu);
    terminal.press('Down', 'Enter');
    await terminal.shows(/^› @api$/mu);
    terminal.press('C-u');
    terminal.type('/ask --agents we');
    await terminal.shows(/^ {2}web/mu);
    terminal.press('Tab');
    await terminal.shows(/^› \/ask --agents web$/mu);
    terminal.press('Escape', 'C-u');
  });

  test('takes pasted text with its lines, and sends nothing before Enter', async () => {
    const terminal = await start();
    terminal.paste('@api first line\nsecond line\n');
    await terminal.shows(/^› @api first line\n {2}second line$/mu);
    expect(terminal.scene.calls()).toEqual([]);
    terminal.press('Enter');
    const call = await waitFor(() => terminal.scene.calls()[0], 'the agent is asked');
    expect(call.prompt).toContain('first line\nsecond line');
  });

  test('finds former lines, also of another session, which nobody else may read', async () => {
    const used = scene();
    const first = await start({ in: used });
    ask(first, '@api alpha question');
    await first.shows(/answered[\s\S]*›$/u);
    first.press('C-d');
    await first.ended();
    const file = join(used.directory, 'data', 'input-history.jsonl');
    expect(readFileSync(file, 'utf8')).toBe('"@api alpha question"\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await start({ in: used });
    await second.shows('3 agents');
    second.press('C-r');
    second.type('alph');
    await second.shows('(search) alph: @api alpha question');
    second.press('Escape');
    await second.shows(/^›$/mu);
    second.press('Up');
    await second.shows(/^› @api alpha question$/mu);
  });
});

describe('while something runs', () => {
  test('questions wait in line, and Ctrl-C stops the first of them alone', async () => {
    const terminal = await start();
    ask(terminal, '@slow are you there?');
    await terminal.shows(/slow +working/u);
    ask(terminal, '@api and you?');
    await terminal.shows('queued: @api and you?');
    terminal.press('C-c');
    await terminal.shows(/› @api and you\?/u);
    await terminal.shows(/See src\/main\.ts|See \[1\]/u);
    await terminal.shows(/›$/u);
    const said = terminal.screen();
    expect(said.indexOf('› @slow are you there?')).toBeLessThan(said.indexOf('› @api and you?'));
    expect(said).not.toContain('queued:');
  });

  test('Ctrl-C twice leaves with 130, and the terminal is as it was', async () => {
    const terminal = await start({
      command: `bash --norc -c '${program}; echo "left with $?"; stty -a | grep -oE " -?(icanon|echo) "; cat'`,
    });
    ask(terminal, '@slow are you there?');
    await terminal.shows(/slow +working/u);
    terminal.press('C-c', 'C-c');
    await terminal.shows('left with 130');
    await terminal.shows(/left with 130\n icanon\n echo/u);
  });
});

test('Ctrl-D leaves with 0', async () => {
  const terminal = await start({ command: `bash --norc -c '${program}; echo "left with $?"; cat'` });
  terminal.press('C-d');
  await terminal.shows('left with 0');
});

test('Ctrl-Z suspends, and everything is there again afterwards', async () => {
  const terminal = await start({ command: 'bash --norc --noprofile -i', ready: /[#$]$/u });
  ask(terminal, program);
  await terminal.shows('3 agents');
  terminal.type('half a question');
  await terminal.shows('› half a question');
  terminal.press('C-z');
  await terminal.shows('Stopped');
  ask(terminal, 'fg');
  await terminal.shows(/› half a question$/u);
});

test('conversations stand side by side, and what comes elsewhere is unread', async () => {
  const terminal = await start();
  ask(terminal, '@slow are you there?');
  await terminal.shows(/slow +working/u);
  ask(terminal, '/session new plan');
  await terminal.shows('[2 plan]');
  expect(terminal.screen()).not.toContain('are you there?');
  ask(terminal, '@api in the plan?');
  await terminal.shows(/answered/u);
  await terminal.shows(/1 \S+… +\[2 plan\]/u);
  terminal.press('M-1');
  await terminal.shows(/slow +working/u);
  expect(terminal.screen()).not.toContain('in the plan?');
  terminal.press('M-2');
  await terminal.shows('› @api in the plan?');
  const conversations = new Set(terminal.scene.calls().map(({ conversation }) => conversation));
  expect(conversations.size).toBe(2);
});

describe('the screen', () => {
  test('is drawn anew when its size changes', async () => {
    const terminal = await start();
    ask(terminal, '@slow are you there?');
    await terminal.shows(/slow +working/u);
    terminal.type('typing on meanwhile, with some more words');
    await terminal.shows('some more words');
    terminal.resize(40, 15);
    await terminal.shows(/› typing on meanwhile, with some more w\n {2}ords/u);
    terminal.resize(100, 30);
    await terminal.shows(/› typing on meanwhile, with some more words$/mu);
    expect(terminal.screen().match(/slow +working/gu)).toHaveLength(1);
    terminal.press('C-c');
  });

  test('is readable on a narrow terminal', async () => {
    const terminal = await start({ columns: 32, rows: 20 });
    ask(terminal, 'do you agree?');
    await terminal.shows('Sources');
    await terminal.shows(/›$/u);
    expect(terminal.screen()).toContain('Both agree [1].');
  });

  test('has colours, unless nobody wants them', async () => {
    const painted = await start();
    ask(painted, 'do you agree?');
    await painted.shows('Sources');
    expect(painted.painted()).toMatch(/\x1b\[\d/u);
    const plain = await start({ environment: { NO_COLOR: '1' } });
    ask(plain, 'do you agree?');
    await plain.shows('Sources');
    expect(plain.painted()).not.toMatch(/\x1b\[\d/u);
  });
});

test('where nothing may move, everything is a line that stays', async () => {
  const terminal = await start({ environment: { TUTTI_PLAIN: '1' } });
  await terminal.shows(/^> $|^>$/mu);
  ask(terminal, 'do you agree?');
  await terminal.shows('Sources');
  await terminal.shows(/\n>$/u);
  const said = terminal.screen();
  expect(said).toContain('> do you agree?\nAsking api, web.\n');
  expect(said).toContain('web answered after');
});

test('what a killed process left is answered at the next start, under its question', async () => {
  const used = scene();
  const pid = join(used.directory, 'pid');
  const first = await start({ in: used, command: `bash --norc -c 'echo $$ > ${pid}; exec ${program}'` });
  ask(first, '@slow are you there?');
  await first.shows(/slow +working/u);
  await waitFor(() => used.calls().some(({ event }) => event === 'hang'), 'the agent hangs');
  process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
  const script = JSON.parse(readFileSync(join(used.directory, 'script.json'), 'utf8'));
  writeFileSync(
    join(used.directory, 'script.json'),
    JSON.stringify({ ...script, agents: { ...script.agents, slow: [{ answer: 'Here I am.' }] } }),
  );
  const second = await start({ in: used });
  await second.shows('› @slow are you there?');
  await second.shows('Here I am.');
  await second.shows(/›$/u);
});
