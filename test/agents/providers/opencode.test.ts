import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { opencode } from '../../../src/agents/providers/opencode.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [['anthropic-provider'], { end: 'Hello from the loopback model.', usage: ['420/300/42 $0.001095'] }],
  [['badconfig'], { end: 'crashed: Config file at OPENCODE_CONFIG_CONTENT is not valid JSON(C): ' }],
  [['baddir'], { end: 'crashed: Failed to change directory to /nonexistent' }],
  [['badflag'], { end: 'crashed: It ended with exit code 1: -v, --version' }],
  [
    ['both-argv-stdin'],
    { end: 'LEN=40 SHA=fa985e2fa32d TAIL="PROMPT: CASE:echo argv part"\nstdin part', usage: ['420/300/42 $0.000234'] },
  ],
  [
    ['dashprompt'],
    { end: 'LEN=34 SHA=63911c80262a TAIL="--- PROMPT: CASE:echo yaml front"', usage: ['420/300/42 $0.000234'] },
  ],
  [
    ['dir-flag', 'tool-bash-default', 'tool-bash-plan'],
    {
      end: 'Tool finished. Result was: /project\n',
      tools: ['bash: echo tool-ran > hello.txt; pwd'],
      usage: ['420/300/42 $0.000234', '420/300/42 $0.000234'],
    },
  ],
  [['err401'], { end: 'not-signed-in: invalid x-api-key' }],
  [['err429'], { end: 'rate-limited: Rate limit reached' }],
  [
    ['err500', 'errdrop', 'errquota', 'refused', 'resume-other-cwd', 'resume-other-gitdir', 'stdin-open-argv'],
    { end: 'nothing' },
  ],
  [
    ['errctx'],
    {
      end: "context-full: This model's maximum context length is 128000 tokens. However, your messages resulted in 250000 tokens.",
    },
  ],
  [['fork'], { end: 'HISTORY users=3', usage: ['420/300/42 $0.000234'] }],
  [
    ['image', 'instructions', 'mcp-bad', 'mcp-good', 'nongit', 'plain-argv', 'plain-offline-npm', 'plain-stdin'],
    { end: 'Hello from the loopback model.', usage: ['420/300/42 $0.000234'] },
  ],
  [
    ['long-stdin'],
    {
      end: 'LEN=204818 SHA=2a70528f742d TAIL=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      usage: ['420/300/42 $0.000234'],
    },
  ],
  [['model-noprovider', 'model-unknown'], { end: 'crashed: Unexpected server error. Check server logs for details.' }],
  [['no-prompt'], { end: 'crashed: You must provide a message or a command' }],
  [['resume-notid', 'resume-unknown'], { end: 'unknown-session: Session not found' }],
  [
    ['resume', 'sigint-resume', 'sigkill-resume', 'sigterm-resume'],
    { end: 'HISTORY users=2', usage: ['420/300/42 $0.000234'] },
  ],
  [['sigint-bash', 'sigint-hang'], { end: 'crashed: It was ended by SIGINT' }],
  [['sigkill-bash'], { end: 'crashed: It was ended by SIGKILL' }],
  [['sigterm-bash', 'sigterm-group-bash'], { end: 'crashed: It was ended by SIGTERM' }],
  [
    ['tool-bash-plan-deny', 'tool-write-deny'],
    { end: 'NO SUITABLE TOOL among glob,grep,read,skill,task,todowrite,webfetch', usage: ['420/300/42 $0.000234'] },
  ],
  [
    ['tool-read'],
    {
      end: 'Tool finished. Result was: <path>/project/seed.txt</path>\n<type>file</type>\n<content>\n1: seed content\n\n(End of file - total 1 lines)\n</content>',
      tools: ['read: /project/seed.txt'],
      usage: ['420/300/42 $0.000234', '420/300/42 $0.000234'],
    },
  ],
  [
    ['tool-write-ask-auto', 'tool-write-default'],
    {
      end: 'Tool finished. Result was: Wrote file successfully.',
      tools: ['write: /project/hello.txt'],
      usage: ['420/300/42 $0.000234', '420/300/42 $0.000234'],
    },
  ],
  [
    ['tool-write-ask'],
    {
      end: "denied: It needs a permission that nobody could give: edit (hello.txt). Allow it in OpenCode's own settings",
      tools: ['write: /project/hello.txt'],
      usage: ['420/300/42 $0.000234'],
    },
  ],
  [
    ['tool-write-plan'],
    {
      end: 'Tool finished. Result was: The user has specified a rule which prevents you from using this specific tool call. Here are some of the relevant rules [{"permission":"*","action":"allow","pattern":"*"},{"permission":"edit","patter',
      tools: ['write: /project/hello.txt'],
      usage: ['420/300/42 $0.000234', '420/300/42 $0.000234'],
    },
  ],
  [
    ['unicode-echo'],
    { end: 'LEN=29 SHA=a6e74b116a0d TAIL="PROMPT: CASE:echo ünï 🌍 你好"', usage: ['420/300/42 $0.000234'] },
  ],
];

describeRecorded(opencode, outcomes);

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

test('Every step of a turn counts to what it used', () => {
  const { events } = readRecorded(opencode, 'tool-read');
  expect(events.filter((event) => event.type === 'usage')).toHaveLength(2);
});
