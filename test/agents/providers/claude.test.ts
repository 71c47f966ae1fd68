import { expect, test } from 'vitest';
import type { Access } from '../../../src/agents/provider.ts';
import { claude } from '../../../src/agents/providers/claude.ts';
import { describeProvider, replay, testTurn } from '../../contracts/provider.ts';
import { recordedCase } from '../../support/recorded.ts';

const bypassed = new Set([
  'tool-bash-bypass',
  'budget',
  'maxturns',
  'sigint-bash',
  'sigkill-bash',
  'tool-write-plan-bypass',
]);

/** The recordings were made in the CLI's default mode, or with its bypass. */
function recordedAt(name: string): Access {
  return bypassed.has(name) ? 'full' : 'ask';
}

describeProvider(claude, {
  plain: { case: 'plain-stdin', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-bash-bypass', tool: 'Bash' },
  resume: { case: 'resume', session: '0fca9c77-5fc9-4ff4-8cc2-1628eef788fd' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401-noretry',
  rateLimited: 'err429',
  serverError: 'err500',
  contextFull: 'errctx',
  cut: 'drop',
  hang: 'err401',
  interrupted: 'sigint-hang',
  terminated: 'sigterm-hang',
  killed: 'sigkill-bash',
  dangerous: ['--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'],
  access: recordedAt,
});

function play(name: string, access: Access = recordedAt(name)) {
  return replay(claude, recordedCase('claude', name), { access });
}

test('A run that reports another mode than its access asks for is killed before it can do anything', async () => {
  const done = await play('tool-write-plan-bypass', 'read');
  expect(done.reason).toBe('wrong-mode');
  expect(done.message).toContain('bypassPermissions');
  expect(done.events.filter((event) => event.type === 'tool')).toEqual([]);
});

test('The same recording in the mode that was asked for is an answer', async () => {
  expect(await play('tool-write-plan', 'read')).toMatchObject({ reason: null });
  expect(await play('tool-write-acceptEdits', 'edit')).toMatchObject({ reason: null });
});

test('A tool that was refused is told of in a writing ask, and not in a reading one', async () => {
  const writing = await play('tool-write-default', 'ask');
  expect(writing.events).toContainEqual({ type: 'notice', message: 'claude was not allowed to use Write.' });
  const reading = await play('tool-write-plan', 'read');
  expect(reading.events.filter((event) => event.type === 'notice')).toEqual([]);
});

test.each([
  ['nokey', 'not-signed-in'],
  ['errquota', 'quota'],
  ['err529', 'crashed'],
  ['refused', 'crashed'],
  ['budget', 'budget'],
  ['maxturns', 'crashed'],
  ['resume-notuuid', 'unknown-session'],
] as const)('%s ends as %s although the CLI calls some of them a success', async (name, reason) => {
  expect(await play(name)).toMatchObject({ reason });
});

test('A key that is refused again and again is given up at the second try, not after the CLI own minutes', async () => {
  const done = await play('err401');
  expect(done.reason).toBe('not-signed-in');
  expect(done.message).toContain('given up after 2 attempts');
});

test('What the CLI says on stderr before there is a session reaches people', async () => {
  expect((await play('badflag')).message).toContain("unknown option '--no-such-flag'");
  expect((await play('session-id-again')).message).toContain('already in use');
});

test('Usage counts cached and written tokens as input, and the cost is that of this run, not of its session', async () => {
  expect((await play('plain-stdin')).usage).toEqual({
    inputTokens: 420,
    outputTokens: 42,
    cachedTokens: 300,
    costUsd: 0.0014,
  });
  expect((await play('tool-read')).usage).toMatchObject({ inputTokens: 840, outputTokens: 84 });
  expect((await play('resume')).usage?.costUsd).toBeCloseTo(0.0014);
});

test('With partial messages the text comes in pieces and once, and usage is counted once', async () => {
  const done = await play('partial');
  const texts = done.events.filter((event) => event.type === 'text').map((event) => event.text);
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.join('')).toBe('Hello from the loopback model.');
  expect(done.usage).toMatchObject({ inputTokens: 420, outputTokens: 42, costUsd: 0.0014 });
});

test('What an interrupted run had said is kept', async () => {
  const done = await play('sigint-hang');
  expect(done.reason).toBe('cancelled');
  expect(done.text).toBe('partial answer before hang ');
});

test('Reading leaves no tool that writes or runs something, and thinking none at all', () => {
  const read = claude.invoke(testTurn({ access: 'read' }), {}, '').args;
  const disallowed = read.slice(read.indexOf('--disallowedTools') + 1, read.indexOf('--permission-mode'));
  expect(disallowed).toEqual(expect.arrayContaining(['Write', 'Edit', 'NotebookEdit', 'Bash', 'Monitor']));
  expect(read.slice(-2)).toEqual(['--permission-mode', 'plan']);
  const none = claude.invoke(testTurn({ access: 'none' }), {}, '').args;
  expect(none.slice(none.indexOf('--tools'))).toEqual([
    '--tools',
    '',
    '--strict-mcp-config',
    '--permission-mode',
    'default',
  ]);
});

test('A prompt can neither be a command to the CLI nor put a file into itself', () => {
  const { input, env } = claude.invoke(testTurn({ prompt: '/clear @/etc/passwd' }), {}, '');
  expect(input).toBe('\n/clear @/etc/passwd');
  expect(env).toMatchObject({ CLAUDE_CODE_DISABLE_FILE_MENTIONS: '1', CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1' });
});

test('Images stand in the input, and attachments may be read where they lie but not written', () => {
  const attachments = [
    { path: '/data/files/1/plan.png', type: 'image/png', data: 'iVBO' },
    { path: '/data/files/2/notes.txt', type: 'text/plain' },
  ];
  const { args, input } = claude.invoke(testTurn({ access: 'edit', attachments, prompt: 'Look.' }), {}, '');
  const { content } = JSON.parse(input).message;
  expect(content).toEqual([
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
    { type: 'text', text: 'Look.' },
  ]);
  expect(args).toEqual(
    expect.arrayContaining(['--input-format', 'Read(//data/files/1/**)', 'Read(//data/files/2/**)']),
  );
  expect(args).not.toContain('--add-dir');
});

test('A schema, a budget and a session reach the CLI', () => {
  const turn = testTurn({ access: 'none', schema: { type: 'object' }, budgetUsd: 0.25 });
  const { args } = claude.invoke(turn, {}, '');
  expect(args[args.indexOf('--json-schema') + 1]).toBe('{"type":"object"}');
  expect(args[args.indexOf('--max-budget-usd') + 1]).toBe('0.2500');
  expect(args[args.indexOf('--session-id') + 1]).toBe(turn.session);
});

test('Whether somebody is signed in is read from what the CLI says', () => {
  const signIn = claude.signIn;
  if (signIn?.args === undefined) throw new Error('claude can be asked');
  const exit = (code: number) => ({ code, signal: null, stderr: '' });
  expect(signIn.read(exit(0), '{"loggedIn": true, "authMethod": "oauth"}', {})).toBe('yes');
  expect(signIn.read(exit(1), '{"loggedIn": false}', {})).toBe('no');
  expect(signIn.read(exit(0), 'usage: claude', {})).toBe('unknown');
});
