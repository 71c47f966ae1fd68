/** A program that behaves as a script says: what an agent or a mind does in whole-program tests. Run as `node scripted-agent.ts script.json`. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LoggedCall, Script, ScriptStep } from './scripted.ts';

const scriptFile = process.argv[2];
if (scriptFile === undefined) throw new Error('scripted-agent needs its script');
const script: Script = JSON.parse(readFileSync(scriptFile, 'utf8'));
const prompt = await readInput();
const agent = process.env.TUTTI_AGENT ?? '';
const phase = process.env.TUTTI_PHASE ?? null;
const round = process.env.TUTTI_ROUND === undefined ? null : Number(process.env.TUTTI_ROUND);
const step = chooseStep();
log('start');
await play(step);

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function chooseStep(): ScriptStep {
  const steps = script.agents?.[agent] ?? [script.otherwise ?? {}];
  const fitting = steps.filter(
    ({ when }) =>
      (when?.phase === undefined || when.phase === phase) &&
      (when?.round === undefined || when.round === round) &&
      (when?.prompt === undefined || new RegExp(when.prompt, 's').test(prompt)),
  );
  const earlier = readLog().filter(
    (call) => call.event === 'start' && call.agent === agent && call.phase === phase && call.round === round,
  );
  return fitting[Math.min(earlier.length, fitting.length - 1)] ?? script.otherwise ?? {};
}

function readLog(): LoggedCall[] {
  if (script.log === undefined || !existsSync(script.log)) return [];
  const lines = readFileSync(script.log, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

function log(event: LoggedCall['event']): void {
  if (script.log === undefined) return;
  const call: LoggedCall = {
    event,
    at: Date.now(),
    pid: process.pid,
    agent,
    conversation: process.env.TUTTI_CONVERSATION ?? null,
    session: process.env.TUTTI_SESSION ?? null,
    resumed: process.env.TUTTI_RESUMED === '1',
    turn: process.env.TUTTI_TURN ?? null,
    access: process.env.TUTTI_ACCESS ?? null,
    attachments: JSON.parse(process.env.TUTTI_ATTACHMENTS ?? '[]'),
    ask: process.env.TUTTI_ASK ?? null,
    phase,
    round,
    directory: process.cwd(),
    prompt: prompt.slice(0, script.logPrompt ?? 2000),
  };
  appendFileSync(script.log, `${JSON.stringify(call)}\n`);
}

async function play(what: ScriptStep): Promise<void> {
  if (what.ignoreTerm === true) {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
  }
  if (what.lastWords !== undefined) {
    const words = what.lastWords;
    process.on('SIGTERM', () => process.stdout.write(`${words}\n`, () => process.exit(0)));
  }
  for (const child of what.children ?? []) startChild(child);
  if (what.stderr !== undefined) process.stderr.write(what.stderr);
  if (what.delayMs !== undefined) await wait(what.delayMs);
  for (const [path, content] of Object.entries(what.write ?? {})) {
    const file = resolve(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  if (what.said !== undefined) await print(`${what.said}\n`);
  if (what.flood !== undefined) await flood(what.flood, `${'x'.repeat(99)}\n`);
  if (what.longLine !== undefined) await flood(what.longLine, 'y'.repeat(1000));
  if (what.garbage === true) await print(garbage());
  if (what.splitUtf8 !== undefined) await dribble(Buffer.from(what.splitUtf8));
  if (what.hang === true) {
    log('hang');
    await new Promise((keep) => setInterval(keep, 2 ** 30));
  }
  if (what.answer !== undefined) await print(fill(what.answer));
  for (const place of what.cite ?? []) await print(`\nSee ${place}.`);
  log('end');
  if (what.signal !== undefined) process.kill(process.pid, what.signal);
  process.exit(what.exit ?? 0);
}

/** `{prompt}`, `{session}` and other names of variables stand for what this call was given. */
function fill(answer: string): string {
  return answer
    .replaceAll('{prompt}', () => prompt)
    .replaceAll(/\{(TUTTI_[A-Z]+)\}/g, (_, name: string) => process.env[name] ?? '');
}

function startChild(kind: NonNullable<ScriptStep['children']>[number]): void {
  const holdsOutput = kind === 'holds-stdout' || kind === 'own-session-holds-stdout';
  const child = spawn('sleep', ['1000'], {
    stdio: ['ignore', holdsOutput ? 'inherit' : 'ignore', 'ignore'],
    detached: kind === 'own-session' || kind === 'own-session-holds-stdout',
  });
  child.unref();
}

function print(text: string | Buffer): Promise<void> {
  return new Promise((done) => {
    process.stdout.write(text, () => done());
  });
}

async function flood(bytes: number, piece: string): Promise<void> {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  for (let left = bytes; left > 0; left -= block.length) await print(block.slice(0, Math.min(left, block.length)));
  await print('\n');
}

async function dribble(bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    await print(Buffer.of(byte));
    await wait(1);
  }
}

function garbage(): Buffer {
  return Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73 + 11) % 256));
}
