import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { opencode } from '../../../src/agents/providers/opencode.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';

describeProvider(opencode, {
  plain: { case: 'plain-stdin', text: 'Hello from the loopback model.' },
  tool: { case: 'tool-read', tool: 'read' },
  resume: { case: 'resume', session: 'ses_dfd851027ffeHkuVIeHeLnD5p6' },
  unknownSession: 'resume-unknown',
  unauthorized: 'err401',
  rateLimited: 'err429',
  serverError: null,
  contextFull: 'errctx',
  cut: null,
  hang: 'err500',
  interrupted: 'sigint-bash',
  terminated: 'sigterm-bash',
  killed: 'sigkill-bash',
  dangerous: ['--auto'],
});

function invoke(access: Access, turn: Partial<Turn> = {}, environment: Readonly<Record<string, string>> = {}) {
  const { args, env = {} } = opencode.invoke(testTurn({ access, ...turn }), environment, '');
  const parse = (name: string) => (env[name] === undefined ? null : JSON.parse(env[name]));
  return { args, config: parse('OPENCODE_CONFIG_CONTENT'), permission: parse('OPENCODE_PERMISSION') };
}

const common = ['run', '--format', 'json', '--title', 'Tutti: api'];
const own = 'tutti-read-00000000-0000-4000-8000-000000000001';
const denied = {
  edit: 'deny',
  bash: 'deny',
  task: 'deny',
  external_directory: { '*': 'deny' },
  doom_loop: 'deny',
};

test('Reading runs are those of an agent of our own that may not write, run commands or hand work on', () => {
  const { args, config, permission } = invoke('read');
  expect(args).toEqual([...common, '--agent', own]);
  expect(config).toEqual({ agent: { [own]: { mode: 'primary', permission: denied } } });
  expect(permission).toEqual(denied);
});

test('A mind may nothing, a writing run what the user allows, and the widest everything that is not denied', () => {
  const none = invoke('none');
  expect(none.args.at(-1)).toMatch(/^tutti-none-/);
  expect(none.permission).toEqual({ '*': 'deny' });
  expect(invoke('edit')).toEqual({ args: common, config: null, permission: null });
  expect(invoke('full')).toEqual({ args: [...common, '--auto'], config: null, permission: null });
});

test('Settings of the user that come with the environment stay, and ours come after them', () => {
  const environment = {
    OPENCODE_CONFIG_CONTENT: `{
      // mine
      "model": "a/b", /* and */ "agent": { "build": { "permission": { "edit": "allow" } }, },
    }`,
    OPENCODE_PERMISSION: '{"edit":"allow","webfetch":"deny","*":"allow"}',
  };
  const { config, permission } = invoke('read', {}, environment);
  expect(config).toMatchObject({ model: 'a/b', agent: { build: { permission: { edit: 'allow' } } } });
  expect(Object.keys(config.agent)).toEqual(['build', own]);
  expect(Object.entries(permission)).toEqual([['webfetch', 'deny'], ['*', 'allow'], ...Object.entries(denied)]);
});

test('A general permission of the user is not lost, and text that is no JSON does no harm', () => {
  expect(Object.entries(invoke('read', {}, { OPENCODE_PERMISSION: '"allow"' }).permission)[0]).toEqual(['*', 'allow']);
  const odd = invoke('read', {}, { OPENCODE_PERMISSION: '{', OPENCODE_CONFIG_CONTENT: '[1]' });
  expect(odd.permission).toEqual(denied);
  expect(Object.keys(odd.config)).toEqual(['agent']);
});

test('Words that only look like comments stay', () => {
  const content = '{"provider":{"x":{"options":{"baseURL":"http://127.0.0.1:8080/v1, /* a */"}}}}';
  const { config } = invoke('read', {}, { OPENCODE_CONFIG_CONTENT: content });
  expect(config.provider.x.options.baseURL).toBe('http://127.0.0.1:8080/v1, /* a */');
});

test('Attached files are handed over and may be read where they lie', () => {
  const attachments = [{ path: '/files/turn/a b.png', type: 'image/png' }];
  const { args, permission } = invoke('read', { attachments });
  expect(args.slice(5, 7)).toEqual(['--file', '/files/turn/a b.png']);
  expect(permission.external_directory).toEqual({ '*': 'deny', '/files/turn/*': 'allow' });
});

test('It is gone on with only where the session began, and without a title', () => {
  expect(opencode.capabilities.resume).toBe('same-directory');
  const { args } = invoke('edit', { resume: 'ses_1', session: 'ses_1', model: 'a/b', args: ['--variant', 'high'] });
  expect(args).toEqual(['run', '--format', 'json', '--session', 'ses_1', '--model', 'a/b', '--variant', 'high']);
});

test.each([
  ['└  0 credentials', 'unknown'],
  ['└  2 credentials', 'yes'],
  ['└  0 credentials\n\n┌  Environment\n└  1 environment variable', 'yes'],
  ['', 'unknown'],
] as const)('`opencode auth list` that ends in %j means signed in: %s', (stdout, answer) => {
  const { signIn } = opencode;
  const exit = { code: 0, signal: null, stderr: '' };
  expect(signIn?.args === undefined ? null : signIn.read(exit, stdout, {})).toBe(answer);
});
