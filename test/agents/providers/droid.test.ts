import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { droid } from '../../../src/agents/providers/droid.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';

describeProvider(droid, {
  plain: { case: 'plain-argv', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-yolo', tool: 'Create' },
  resume: null,
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: null,
  serverError: null,
  contextFull: 'errctx',
  cut: null,
  hang: 'err429',
  interrupted: null,
  terminated: null,
  killed: null,
  dangerous: ['--skip-permissions-unsafe'],
});

function argumentsAt(access: Access, turn: Partial<Turn> = {}): readonly string[] {
  return droid.invoke(testTurn({ access, ...turn }), {}, '').args;
}

const common = ['exec', '--output-format', 'stream-json'];

test('Reading runs have only tools that read: its own read-only mode would run commands', () => {
  expect(argumentsAt('read')).toEqual([...common, '--only-tools', 'Read,LS,Grep,Glob']);
  expect(droid.capabilities.readOnly).toBe('advisory');
});

test('A mind has a tool that touches nothing, writing runs may write, and only the widest may everything', () => {
  expect(argumentsAt('none')).toEqual([...common, '--only-tools', 'TodoWrite']);
  expect(argumentsAt('edit')).toEqual([...common, '--auto', 'low']);
  expect(argumentsAt('full')).toEqual([...common, '--skip-permissions-unsafe']);
});

test('A key in the environment is a sign-in, and anything else is not known', () => {
  const { signIn } = droid;
  const judge = (environment: Readonly<Record<string, string>>) =>
    signIn !== undefined && 'judge' in signIn ? signIn.judge(environment, {}) : null;
  expect([judge({ FACTORY_API_KEY: 'k' }), judge({})]).toEqual(['yes', 'unknown']);
});
