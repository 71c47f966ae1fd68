import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { pi } from '../../../src/agents/providers/pi.ts';
import { describeProvider, replay, testTurn } from '../../contracts/provider.ts';
import { recordedCase } from '../../support/recorded.ts';

describeProvider(pi, {
  plain: { case: 'plain-argv', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-default', tool: 'write' },
  resume: { case: 'resume', session: '01a20284-090e-700b-aad0-4155df19c971' },
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
  dangerous: [],
});

function argumentsAt(access: Access, turn: Partial<Turn> = {}): readonly string[] {
  return pi.invoke(testTurn({ access, ...turn }), {}, '').args;
}

test('It has no sandbox and asks for nothing, so each access level is a list of tools', () => {
  expect(argumentsAt('none')).toEqual(['--mode', 'json', '--no-tools', '--no-session']);
  expect(argumentsAt('read')).toEqual(['--mode', 'json', '--tools', 'read,grep,find,ls']);
  expect(argumentsAt('edit')).toEqual(['--mode', 'json', '--tools', 'read,grep,find,ls,edit,write']);
  expect(argumentsAt('full')).toEqual(['--mode', 'json']);
});

test('Attached files are arguments of their own form', () => {
  const attachments = [{ path: '/files/turn/a b.png', type: 'image/png' }];
  expect(argumentsAt('full', { attachments })).toEqual(['--mode', 'json', '@/files/turn/a b.png']);
});

test('A try that failed and is made again is no failure', async () => {
  const done = await replay(pi, recordedCase('pi', 'err429'), { access: 'full' }, 20_000);
  expect(done.events.filter((event) => event.type === 'failure')).toHaveLength(1);
  expect(done).toMatchObject({ reason: 'rate-limited' });
  expect(done.message).toContain('given up');
});

test.each([
  ['{"anthropic":{"type":"oauth"}}', 'yes'],
  ['{}', 'unknown'],
  [null, 'unknown'],
] as const)('With the keys %s somebody is signed in: %s', (content, answer) => {
  const { signIn } = pi;
  const contents = { '.pi/agent/auth.json': content };
  expect(signIn !== undefined && 'judge' in signIn ? signIn.judge({}, contents) : null).toBe(answer);
});
