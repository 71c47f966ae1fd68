import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { gemini } from '../../../src/agents/providers/gemini.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';

describeProvider(gemini, {
  plain: { case: 'plain-whole', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-yolo', tool: 'write_file' },
  resume: { case: 'resume', session: '60db1cc0-448b-471b-8f76-721cb8856534' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: null,
  serverError: null,
  contextFull: 'errctx',
  cut: null,
  hang: 'err429',
  // While a tool runs it does not end at either signal.
  interrupted: null,
  terminated: null,
  killed: null,
  dangerous: ['--yolo'],
});

function argumentsAt(access: Access, turn: Partial<Turn> = {}): readonly string[] {
  return gemini.invoke(testTurn({ access, ...turn }), {}, '').args;
}

const common = ['--output-format', 'stream-json'];

/** The policy that these arguments name, in both places. */
function policyOf(args: readonly string[]): string {
  const named = ['--admin-policy', '--policy'].map((flag) => args[args.indexOf(flag) + 1] ?? '');
  expect(new Set(named).size).toBe(1);
  return readFileSync(named[0] ?? '', 'utf8');
}

test('Reading runs are held by a policy over the user own ones, because its plan mode can be left', () => {
  const args = argumentsAt('read');
  expect(args.slice(0, 4)).toEqual([...common, '--approval-mode', 'default']);
  expect(args).not.toContain('plan');
  const policy = policyOf(args);
  for (const tool of ['write_file', 'replace', 'run_shell_command', 'exit_plan_mode']) expect(policy).toContain(tool);
  expect(policy).toContain('decision = "deny"');
});

test('A mind has no tool, no MCP server and no extension', () => {
  const args = argumentsAt('none');
  expect(policyOf(args)).toMatch(/toolName = "\*"\ndecision = "deny"/);
  expect(args.slice(-5)).toEqual(['--allowed-mcp-server-names', 'none', '--extensions', 'none', '--skip-trust']);
});

test('Writing runs may edit, and only the widest may everything', () => {
  expect(argumentsAt('edit')).toEqual([...common, '--approval-mode', 'auto_edit']);
  expect(argumentsAt('full')).toEqual([...common, '--yolo']);
});

test('Attached files are named in the prompt in its own form, and their directory may be read', () => {
  const attachments = [{ path: '/files/turn/a b.png', type: 'image/png' }];
  const { args, input } = gemini.invoke(testTurn({ attachments, prompt: 'Look' }), {}, '');
  expect(args.slice(2, 4)).toEqual(['--include-directories', '/files/turn']);
  expect(input).toBe('Look\n@/files/turn/a\\ b.png');
});

test.each([
  [{ GEMINI_API_KEY: 'k' }, {}, 'yes'],
  [{}, {}, 'no'],
  [{}, { '.gemini/settings.json': '{"security":{"auth":{"selectedType":"oauth-personal"}}}' }, 'unknown'],
  [
    {},
    {
      '.gemini/settings.json': '{"security":{"auth":{"selectedType":"oauth-personal"}}}',
      '.gemini/oauth_creds.json': '{}',
    },
    'yes',
  ],
] as const)('With the variables %j and the files %j somebody is signed in: %s', (environment, contents, answer) => {
  const { signIn } = gemini;
  expect(signIn !== undefined && 'judge' in signIn ? signIn.judge(environment, contents) : null).toBe(answer);
});
