import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { codex } from '../../../src/agents/providers/codex.ts';
import { describeProvider, replay, testTurn } from '../../contracts/provider.ts';
import { recordedCase } from '../../support/recorded.ts';

describeProvider(codex, {
  plain: { case: 'plain-stdin', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-workspace', tool: 'shell' },
  resume: { case: 'resume', session: '01a20279-5efa-7670-bd37-3280efb5f0a7' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: 'err429',
  serverError: 'err500',
  contextFull: 'errctx',
  cut: 'errdrop',
  hang: 'refused',
  interrupted: 'sigint-bash',
  terminated: 'sigterm-bash',
  killed: 'sigkill-bash',
  dangerous: ['--dangerously-bypass-approvals-and-sandbox'],
});

function argumentsAt(access: Access, turn: Partial<Turn> = {}, servers = ''): readonly string[] {
  return codex.invoke(testTurn({ access, ...turn }), {}, servers).args;
}

const common = ['exec', '--json', '--skip-git-repo-check'];

test('Each access level has one sandbox, and the widest has none', () => {
  expect(argumentsAt('read')).toEqual([
    ...common,
    '--sandbox',
    'read-only',
    '--config',
    'approval_policy="never"',
    '-',
  ]);
  expect(argumentsAt('edit')).toEqual([...common, '--sandbox', 'workspace-write', '-']);
  expect(argumentsAt('full')).toEqual([...common, '--dangerously-bypass-approvals-and-sandbox', '-']);
  expect(argumentsAt('ask')).toEqual(argumentsAt('read'));
});

test('A mind has the read-only sandbox, no tools, and none of the MCP servers that the CLI lists', () => {
  const listed = JSON.stringify([{ name: 'lab' }, { name: 'other_one' }, { name: 'a.b=c' }, {}]);
  const args = argumentsAt('none', {}, listed);
  expect(args.join(' ')).toContain('--sandbox read-only --config approval_policy="never" --ephemeral');
  expect(args).toContain('features.shell_tool=false');
  expect(args.filter((argument) => argument.startsWith('mcp_servers.'))).toEqual([
    'mcp_servers.lab.enabled=false',
    'mcp_servers.other_one.enabled=false',
  ]);
  expect(codex.inquiry?.(testTurn({ access: 'none' }))).toEqual(['mcp', 'list', '--json']);
  expect(codex.inquiry?.(testTurn({ access: 'read' }))).toBeNull();
  expect(() => argumentsAt('none', {}, 'no JSON')).not.toThrow();
});

test('A schema that the answer must fit is handed over as a file', () => {
  const { args, written } = codex.invoke(testTurn({ access: 'none', schema: { type: 'object' } }), {}, '');
  const file = args[args.indexOf('--output-schema') + 1] ?? '';
  expect(written).toEqual({ [file]: '{"type":"object"}' });
});

test('Going on with a session keeps the sandbox of this ask, before the word that takes no such flag after it', () => {
  const resume = '01a20279-5efa-7670-bd37-3280efb5f0a7';
  const args = argumentsAt('edit', { resume, session: resume, model: 'm', args: ['--profile', 'own'] });
  expect(args).toEqual([
    ...[...common, '--model', 'm', '--profile', 'own', '--sandbox', 'workspace-write'],
    ...['resume', resume, '-'],
  ]);
});

test('Images come before a flag that ends their list; other files and paths that would fall apart do not', () => {
  const attachments = [
    { path: '/files/a b.png', type: 'image/png' },
    { path: '/files/c,d.png', type: 'image/png' },
    { path: '/files/e.pdf', type: 'application/pdf' },
  ];
  expect(argumentsAt('read', { attachments }).slice(0, 4)).toEqual(['exec', '--image', '/files/a b.png', '--json']);
});

test('A session id that it did not take, because it is none of its own, is an unknown session', async () => {
  const done = await replay(codex, recordedCase('codex', 'resume-notuuid'), { resume: 'nope', session: 'nope' });
  expect(done.reason).toBe('unknown-session');
});

test('Retries without an end are shown as they come, and what they wait for ends the run', async () => {
  const done = await replay(codex, recordedCase('codex', 'refused'));
  expect(done.reason).toBe('crashed');
  expect(done.message).toMatch(/Connection failed.*given up after/);
});

test.each([
  [0, null, 'yes'],
  [1, null, 'no'],
  [1, 'model = "x"', 'no'],
  [1, 'model_provider = "azure"', 'unknown'],
  [127, null, 'unknown'],
  [null, null, 'unknown'],
] as const)(
  '`codex login status` with exit code %s and the configuration %s means signed in: %s',
  (code, text, answer) => {
    const { signIn } = codex;
    const exit = { code, signal: null, stderr: '' };
    const contents = { '.codex/config.toml': text };
    expect(signIn?.args === undefined ? null : signIn.read(exit, '', contents)).toBe(answer);
  },
);
