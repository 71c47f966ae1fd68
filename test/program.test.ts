import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TurnResult } from '../src/adapters/adapter.ts';
import { createScene, printed, providersLeft, run, start } from './support/program.ts';
import type { ScriptStep } from './support/scripted.ts';
import { waitFor } from './support/wait-for.ts';

const limit = { timeout: 60_000 };

function decides(agents: readonly string[], answer = 'It is so [api:src/main.ts:2].'): readonly ScriptStep[] {
  return [
    {
      when: { phase: 'decide', round: 0 },
      answer: JSON.stringify({
        next: 'ask',
        reason: 'they know',
        asks: agents.map((agent) => ({ agent, prompt: 'tell' })),
      }),
    },
    {
      when: { phase: 'decide', round: 1 },
      answer: JSON.stringify({ next: 'answer', markdown: answer, disagreements: [], unanswered: [] }),
    },
  ];
}

const knows: ScriptStep = { answer: 'See src/main.ts:2.' };

test('ask --json prints one object with every key, and leaves its history', limit, async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: { agents: { tutti: decides(['api', 'web']) }, otherwise: knows },
  });
  const ended = await run(scene, ['ask', 'why?', '--json']);
  expect(ended.code).toBe(0);
  const result = printed(ended);
  expect(Object.keys(result).toSorted()).toEqual([
    'answer',
    'citations',
    'conversation',
    'disagreements',
    'partial',
    'question',
    'reason',
    'rounds',
    'status',
    'turnId',
    'unanswered',
    'usage',
  ]);
  expect(result).toMatchObject({
    status: 'answered',
    reason: null,
    question: 'why?',
    answer: 'It is so [1].',
    partial: false,
    unanswered: [],
  });
  expect(result.citations).toMatchObject([
    { n: 1, agent: 'api', path: 'src/main.ts', line: 2, endLine: null, verified: true, reason: null, excerpt: 'line' },
  ]);
  expect(result.rounds).toMatchObject([
    {
      number: 1,
      reason: 'they know',
      asks: [
        {
          agent: 'api',
          access: 'read',
          status: 'answered',
          text: 'See src/main.ts:2.',
          failure: null,
          retried: false,
          late: null,
        },
        { agent: 'web' },
      ],
    },
  ]);
  const { entries } = printed(await run(scene, ['history', 'list', '--json'])) as unknown as {
    entries: { kind: string; id: string }[];
  };
  expect(entries.map((entry) => entry.kind).toSorted()).toEqual(['answer', 'ask', 'ask', 'question', 'reply', 'reply']);
  const shown = printed(await run(scene, ['history', 'show', entries[0]?.id ?? '', '--json']));
  expect(shown.entry).toMatchObject({ kind: 'answer', text: 'It is so [1].', status: 'answered' });
});

test('ask --jsonl prints events as they happen and the result last', limit, async () => {
  const scene = createScene({ agents: ['api'], script: { agents: { tutti: decides(['api']) }, otherwise: knows } });
  const { stdout } = await run(scene, ['ask', '--agents', 'api', 'why?', '--jsonl']);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.every((event) => typeof event.at === 'string')).toBe(true);
  expect(events.map((event) => event.type).filter((type) => type !== 'ask_progress')).toEqual([
    'accepted',
    'decision',
    'ask_start',
    'ask_end',
    'citations',
    'result',
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'result', status: 'answered' });
});

test('send talks to one agent and goes on with its session', limit, async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: { otherwise: { answer: 'session {TUTTI_SESSION} resumed {TUTTI_RESUMED}' } },
  });
  const first = printed(await run(scene, ['send', 'api', 'hello', '--json', '--conversation', 'x']));
  expect(Object.keys(first).toSorted()).toEqual([
    'agentId',
    'agentName',
    'citations',
    'failure',
    'response',
    'sessionId',
    'success',
    'usage',
  ]);
  expect(first).toMatchObject({ agentName: 'api', success: true, failure: null });
  const second = printed(await run(scene, ['send', 'api', 'and?', '--json', '--conversation', 'x']));
  expect(second.sessionId).toBe(first.sessionId);
  expect(second.response).toBe(`session ${String(first.sessionId)} resumed 1`);
  const named = printed(await run(scene, ['send', 'api', 'elsewhere', '--json', '--session', String(first.sessionId)]));
  expect(named.sessionId).toBe(first.sessionId);
});

test('a person who names an agent and asks for it lets it write; nobody else does', limit, async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: { agents: { tutti: decides(['api', 'web']) }, otherwise: { answer: '{TUTTI_ACCESS}' } },
  });
  const access = (ended: Awaited<ReturnType<typeof run>>) =>
    (printed(ended) as unknown as TurnResult).rounds[0]?.asks.map((ask) => [ask.agent, ask.text]);
  expect(access(await run(scene, ['ask', 'change it', '--json']))).toEqual([
    ['api', 'read'],
    ['web', 'read'],
  ]);
  expect(access(await run(scene, ['ask', '@api and @web: change it', '--write', '--json']))).toEqual([
    ['api', 'edit'],
    ['web', 'edit'],
  ]);
  expect(access(await run(scene, ['ask', '@all change it', '--write', '--json']))).toEqual([
    ['api', 'read'],
    ['web', 'read'],
  ]);
  expect(printed(await run(scene, ['send', 'api', 'change it', '--write', '--json'])).response).toBe('edit');
});

test('exit codes say how it ended', limit, async () => {
  const scene = createScene({
    agents: ['api', 'web', 'slow'],
    agent: { timeout: '1s' },
    script: {
      agents: { tutti: [{ answer: 'no decision at all' }], web: [{ exit: 7 }], slow: [{ hang: true }] },
      otherwise: knows,
    },
  });
  const code = async (...args: string[]) => (await run(scene, args)).code;
  expect(await code('send', 'api', 'x')).toBe(0);
  expect(await code('send', 'web', 'x')).toBe(1);
  expect(await code('send', 'slow', 'x')).toBe(5);
  expect(await code('ask', 'anything')).toBe(1);
  expect(await code('ask', '@apy anything')).toBe(3);
  expect(await code('ask')).toBe(2);
  expect(await code('nonsense')).toBe(2);
  expect(await code('ask', 'x', '--agents', 'nobody')).toBe(2);
  expect(await code('agents', 'list')).toBe(0);
});

test('errors are an object for programs and a sentence for people', limit, async () => {
  const scene = createScene({ agents: ['api'], script: {} });
  const ended = await run(scene, ['ask', 'x', '--agents', 'apo', '--json']);
  expect(ended.code).toBe(2);
  expect(printed(ended)).toEqual({
    error: { code: 'unknown-agent', message: 'There is no agent or group "apo".', hint: 'Did you mean api?' },
  });
  expect(ended.stderr).toContain('There is no agent or group "apo".');
  const lines = (await run(scene, ['ask', 'x', '--agents', 'apo', '--jsonl'])).stdout.trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'error', code: 'unknown-agent' });
});

test("a broken mind loses nobody's work", limit, async () => {
  const [decision] = decides(['api', 'web']);
  const scene = createScene({
    agents: ['api', 'web'],
    script: {
      agents: { tutti: [decision ?? {}, { when: { round: 1 }, exit: 1, stderr: 'no model today' }] },
      otherwise: knows,
    },
  });
  const ended = await run(scene, ['ask', 'why?', '--json']);
  expect(ended.code).toBe(3);
  const result = printed(ended);
  expect(result).toMatchObject({ status: 'partial', partial: true });
  expect(result.answer).toContain('See');
  expect(result.reason).toBeTruthy();
});

test('a script on stdin is run line by line, in order, and what was accepted is finished', limit, async () => {
  const scene = createScene({ agents: ['api', 'web'], script: { otherwise: { answer: 'You said: {prompt}' } } });
  const ended = await run(scene, [], { input: '@api first thing\n/agents list\n@web second thing\n' });
  expect(ended.code).toBe(0);
  const order = ['first thing', '@api', 'second thing'].map((text) => ended.stdout.indexOf(text));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(order).not.toContain(-1);
});

test('help names what can be typed where it is asked for', limit, async () => {
  const scene = createScene({ agents: ['api'], script: {} });
  const repl = await run(scene, [], { input: '/help\n' });
  expect(repl.stdout).toContain('Send a file with the next message');
  expect(repl.stdout).not.toContain('Write a commented tutti.yaml');
  const shell = await run(scene, ['help']);
  expect(shell.stdout).toContain('Write a commented tutti.yaml');
  expect(shell.stdout).not.toContain('Send a file with the next message');
});

test('another process stops what runs, and nothing of it stays', limit, async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true, children: ['own-session'] } } });
  const asking = start(scene, ['send', 'api', 'take your time', '--json']);
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the agent works');
  const { turns } = printed(await run(scene, ['status', '--json'])) as unknown as {
    turns: { turnId: string; state: string; asks: { agent: string }[] }[];
  };
  expect(turns).toMatchObject([{ state: 'running', asks: [{ agent: 'api' }] }]);
  expect(printed(await run(scene, ['stop', '--json']))).toEqual({ stopped: [turns[0]?.turnId] });
  const ended = await asking.ended;
  expect(ended.code).toBe(130);
  expect(printed(ended)).toMatchObject({ success: false });
  expect(providersLeft(scene.directory)).toEqual([]);
});

test('questions of one conversation are taken one after another, also from two processes', limit, async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { delayMs: 300, answer: 'ok' } } });
  const both = await Promise.all(
    ['one', 'two', 'three'].map((text) => run(scene, ['send', 'api', text, '--json', '--conversation', 'same'])),
  );
  expect(both.map((ended) => ended.code)).toEqual([0, 0, 0]);
  const times = scene.calls().map((call) => call.event);
  expect(times).toEqual(['start', 'end', 'start', 'end', 'start', 'end']);
  expect(new Set(scene.calls().map((call) => call.session)).size).toBe(1);
});

test('retry asks what failed again, and keeps the rounds that there were', limit, async () => {
  const scene = createScene({
    agents: ['api', 'web'],
    script: {
      agents: {
        tutti: [
          ...decides(['api', 'web']),
          {
            when: { phase: 'decide', round: 2 },
            answer: JSON.stringify({ next: 'answer', markdown: 'Now it is so.', disagreements: [], unanswered: [] }),
          },
        ],
        web: [{ exit: 1 }, { answer: 'now I know src/main.ts:1' }],
      },
      otherwise: knows,
    },
  });
  const first = printed(await run(scene, ['ask', 'why?', '--json', '--conversation', 'c']));
  expect(first.answer).toContain('web');
  const again = printed(await run(scene, ['retry', '--json', '--conversation', 'c'])) as unknown as TurnResult;
  expect(again.status).toBe('answered');
  expect(scene.calls().filter((call) => call.event === 'start' && call.agent === 'api')).toHaveLength(1);
  expect(scene.calls().filter((call) => call.event === 'start' && call.agent === 'web')).toHaveLength(2);
});

test('without a configuration the current directory is the one agent', limit, async () => {
  const scene = createScene({ agents: [], script: {} });
  const project = join(scene.directory, 'shop');
  mkdirSync(project);
  writeFileSync(
    join(project, 'cart.js'),
    'export function addToCart(item) {\n  // puts the item into the shopping cart\n  return cart.push(item);\n}\n',
  );
  const ended = await run({ ...scene, directory: project }, ['agents', 'list', '--json']);
  expect(printed(ended)).toMatchObject({ agents: [{ name: 'shop', directory: project }] });
});

test('init writes a configuration that the next command works with, and never changes one', limit, async () => {
  const scene = createScene({ agents: [], script: {} });
  const folder = join(scene.directory, 'work');
  mkdirSync(join(folder, 'shop'), { recursive: true });
  writeFileSync(join(folder, 'shop', 'package.json'), JSON.stringify({ name: 'shop', description: 'Sells things' }));
  const place = { ...scene, directory: folder };
  const written = printed(await run(place, ['init', '--json']));
  expect(written).toMatchObject({ file: join(folder, 'tutti.yaml'), agents: [{ name: 'shop' }] });
  expect(printed(await run(place, ['agents', 'list', '--json']))).toMatchObject({
    agents: [{ name: 'shop', description: 'Sells things' }],
  });
  const before = readFileSync(join(folder, 'tutti.yaml'), 'utf8');
  expect((await run(place, ['init'])).code).toBe(2);
  expect(readFileSync(join(folder, 'tutti.yaml'), 'utf8')).toBe(before);
});
