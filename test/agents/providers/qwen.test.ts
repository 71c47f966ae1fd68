import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { qwen } from '../../../src/agents/providers/qwen.ts';
import { describeProvider, replay, testTurn } from '../../contracts/provider.ts';
import { recordedCase } from '../../support/recorded.ts';

/** The recordings were made in its default mode, or with its bypass. */
function recordedAt(name: string): Access {
  return /yolo|sigint-bash|sigterm-bash/.test(name) ? 'full' : 'ask';
}

/** What it calls `auto` stands in the place of `default`, which it chooses itself in a trusted directory. */
const recordedQwen = { ...qwen, expectedModes: (access: Access) => [access === 'full' ? 'yolo' : 'auto'] };

describeProvider(recordedQwen, {
  plain: { case: 'plain-argv', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-yolo', tool: 'write_file' },
  resume: { case: 'resume', session: '146e16d2-10d3-4756-9cfb-1b4074893281' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: null,
  serverError: null,
  contextFull: 'errctx',
  cut: null,
  hang: 'err429',
  interrupted: 'sigint-bash',
  terminated: 'sigterm-bash',
  killed: null,
  dangerous: ['--yolo'],
  access: recordedAt,
});

function argumentsAt(access: Access, turn: Partial<Turn> = {}): readonly string[] {
  return qwen.invoke(testTurn({ access, ...turn }), {}, '').args;
}

const common = ['--output-format', 'stream-json'];

test('Reading runs are in plan mode without the tools that the user settings could let through it', () => {
  const args = argumentsAt('read');
  expect(args.slice(0, 5)).toEqual([...common, '--approval-mode', 'plan', '--exclude-tools']);
  const excluded = args[5]?.split(',');
  for (const tool of ['write_file', 'edit', 'notebook_edit', 'run_shell_command', 'enter_worktree']) {
    expect(excluded).toContain(tool);
  }
  expect(excluded).not.toContain('read_file');
});

test('A mind has no tool, and nothing that the user added to the CLI', () => {
  const args = argumentsAt('none');
  expect(args.slice(2, 5)).toEqual(['--approval-mode', 'plan', '--safe-mode']);
  for (const tool of ['read_file', 'write_file', 'agent', 'tool_call', 'skill']) expect(args.at(-1)).toContain(tool);
});

test('Writing runs may edit, and only the widest may everything', () => {
  expect(argumentsAt('edit')).toEqual([...common, '--approval-mode', 'auto-edit']);
  expect(argumentsAt('full')).toEqual([...common, '--yolo']);
});

test('A run that reports another mode than its access asks for is killed', async () => {
  const done = await replay(qwen, recordedCase('qwen', 'tool-write-yolo'), { access: 'read' });
  expect(done.reason).toBe('wrong-mode');
  expect(done.events.filter((event) => event.type === 'tool')).toEqual([]);
});

test('Its usage is the sum of the session: the last report counts', async () => {
  expect(qwen.capabilities.cumulativeUsage).toBe(true);
  const id = '146e16d2-10d3-4756-9cfb-1b4074893281';
  const done = await replay(recordedQwen, recordedCase('qwen', 'resume'), { access: 'ask', resume: id, session: id });
  expect(done.usage).toMatchObject({ inputTokens: 1680, outputTokens: 168 });
});

test.each([
  ['{"security":{"auth":{"selectedType":"qwen-oauth"}}}', 'yes'],
  ['{"security":{}}', 'no'],
  [null, 'no'],
] as const)('With the settings %s somebody is signed in: %s', (content, answer) => {
  const { signIn } = qwen;
  const contents = { '.qwen/settings.json': content };
  expect(signIn !== undefined && 'judge' in signIn ? signIn.judge({}, contents) : null).toBe(answer);
});
