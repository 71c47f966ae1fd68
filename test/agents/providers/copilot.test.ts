import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { copilot } from '../../../src/agents/providers/copilot.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [
    ['err401'],
    {
      end: 'not-signed-in: Authentication failed with provider at http://127.0.0.1:8080/v1 (HTTP 401).\n  Check your COPILOT_PROVIDER_API_KEY, COPILOT_PROVIDER_API_KEY_COMMAND, or COPILOT_PROVIDER_BEARER_TOKEN.',
      retries: ['1/? not-signed-in', '2/? not-signed-in'],
    },
  ],
  [
    ['err429'],
    {
      end: 'rate-limited: Failed to get response from the AI model; retried 5 times (total retry wait time: 5.63 seconds) Last error: 429 Rate limit reached',
      retries: ['1/? rate-limited', '2/? rate-limited', '3/? rate-limited', '4/? rate-limited', '5/? rate-limited'],
    },
  ],
  [
    ['err500'],
    {
      end: 'crashed: Failed to get response from the AI model; retried 5 times (total retry wait time: 14.90 seconds) Last error: 500 Internal server error',
      retries: ['1/? crashed', '2/? crashed', '3/? crashed', '4/? crashed', '5/? crashed'],
    },
  ],
  [
    ['errctx'],
    {
      end: "context-full: 400 This model's maximum context length is 128000 tokens. However, your messages resulted in 250000 tokens.",
    },
  ],
  [['plain-argv', 'stdin-open-argv'], { end: 'Hello from the loopback model.' }],
  [['plain-stdin'], { end: 'LEN=96 SHA=04565be103f4 TAIL=_datetime>\n\nPROMPT: CASE:echo from stdin' }],
  [
    ['resume-unknown'],
    { end: "unknown-session: No session, task, or name matched 'a46b2dfc-cd9d-4790-93cb-c88aedf6f29c'." },
  ],
  [['resume'], { end: 'HISTORY users=2' }],
  [
    ['sigint-bash'],
    { end: 'crashed: It was ended by SIGINT', tools: ["bash: bash -c 'tail -f /dev/null'; echo done"] },
  ],
  [
    ['sigterm-bash'],
    { end: 'crashed: It was ended by SIGTERM', tools: ["bash: bash -c 'tail -f /dev/null'; echo done"] },
  ],
  [
    ['tool-write-default'],
    {
      end: 'Tool finished. Result was: Permission denied because no interactive user response was available. Retry in an interactive session so the user can approve it, or try an alternative that does not require this permission.',
      tools: ['create: /project/hello.txt'],
    },
  ],
  [
    ['tool-write-plan'],
    {
      end: 'Tool finished. Result was: `create` was blocked. Plan mode does not permit changes outside the session folder. Do not implement yet — finish the plan and call `exit_plan_mode` to request approval before making any changes. If t',
      tools: ['create: /project/hello.txt'],
    },
  ],
  [['tool-write-yolo'], { end: 'Tool finished. The result came back.', tools: ['create: /project/hello.txt'] }],
  [
    ['subagent'],
    {
      end: 'The tool said: The tool said: the seed of the project\n',
      tools: ['task: x', 'view: notes.txt'],
    },
  ],
  [['nokey'], { end: 'not-signed-in: No authentication information found.' }],
];

describeRecorded(copilot, outcomes);

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

test('Its session is known from the first line, so that a run that is killed can be gone on with', () => {
  const { events } = readRecorded(copilot, 'sigint-bash', { session });
  expect(events[0]).toEqual({ type: 'session', id: session });
});

test('What sub-agents say to the model is neither told nor the answer; their tools are shown', () => {
  const { events } = readRecorded(copilot, 'subagent');
  const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
  expect(text).toBe('I will use a tool.\n\nThe tool said: The tool said: the seed of the project\n');
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
