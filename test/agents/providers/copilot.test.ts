import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { copilot } from '../../../src/agents/providers/copilot.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';

describeProvider(copilot, {
  plain: { case: 'plain-argv', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-write-yolo', tool: 'create' },
  resume: { case: 'resume', session: '15d6f3a0-77f5-4f29-b3f7-f66a6078049f' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: 'err429',
  serverError: 'err500',
  contextFull: 'errctx',
  cut: null,
  hang: null,
  interrupted: 'sigint-bash',
  terminated: 'sigterm-bash',
  killed: null,
  dangerous: ['--allow-all'],
});

function invoke(access: Access, turn: Partial<Turn> = {}) {
  return copilot.invoke(testTurn({ access, ...turn }), {}, '');
}

const session = '00000000-0000-4000-8000-000000000001';
const common = ['--output-format', 'json', '--no-color', '--no-ask-user', '--session-id', session];

test('Reading runs deny writing and commands, whatever a variable of the user allows', () => {
  expect(invoke('read')).toMatchObject({
    args: [...common, '--deny-tool=write', '--deny-tool=shell'],
    env: { COPILOT_ALLOW_ALL: '' },
  });
});

test('A mind has no tools, writing runs may write files, and only the widest may everything', () => {
  expect(invoke('none').args.slice(6)).toEqual(['--available-tools=none', '--disable-builtin-mcps']);
  expect(invoke('edit')).toMatchObject({ args: [...common, '--allow-tool=write'], env: { COPILOT_ALLOW_ALL: '' } });
  expect(invoke('full')).toMatchObject({ args: [...common, '--allow-all'], env: {} });
});

test('Images are attached, and the directory of attached files may be read', () => {
  const attachments = [
    { path: '/files/turn/a.png', type: 'image/png' },
    { path: '/files/turn/b.txt', type: 'text/plain' },
  ];
  expect(invoke('read', { attachments }).args.slice(6, 10)).toEqual([
    ...['--attachment', '/files/turn/a.png', '--add-dir', '/files/turn'],
  ]);
});

test.each([
  [{ GH_TOKEN: 't' }, null, 'yes'],
  [{}, '{"loggedInUsers": [ {"host":"https://github.com"} ]}', 'yes'],
  [{}, '{"loggedInUsers": []}', 'unknown'],
  [{}, null, 'unknown'],
] as const)(
  'With the variables %j and the configuration %s somebody is signed in: %s',
  (environment, content, answer) => {
    const { signIn } = copilot;
    const contents = { '.copilot/config.json': content };
    expect(signIn !== undefined && 'judge' in signIn ? signIn.judge(environment, contents) : null).toBe(answer);
  },
);
