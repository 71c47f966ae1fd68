import { expect, test } from 'vitest';
import type { Access, Turn } from '../../../src/agents/provider.ts';
import { droid } from '../../../src/agents/providers/droid.ts';
import { describeProvider, testTurn } from '../../contracts/provider.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [['err401'], { end: 'not-signed-in: 401 invalid x-api-key' }],
  [['err429', 'err500'], { end: 'nothing' }],
  [
    ['errctx'],
    {
      end: "context-full: 400 This model's maximum context length is 128000 tokens. However, your messages resulted in 250000 tokens.",
    },
  ],
  [['plain-argv', 'stdin-open-argv'], { end: 'Hello from the loopback model.', usage: ['420/300/42'] }],
  [['plain-stdin'], { end: 'LEN=28 SHA=06d5ffc6cd4e TAIL=PROMPT: CASE:echo from stdin', usage: ['420/300/42'] }],
  [
    ['resume-unknown', 'resume', 'sigint-resume'],
    { end: 'unknown-session: It ended without a word at the session an-id' },
  ],
  [
    ['sigint-bash', 'sigterm-bash'],
    {
      end: 'Tool finished. Result was: Error: Command terminated by signal: SIGTERM',
      tools: ["Execute: bash -c 'tail -f /dev/null'; echo done"],
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-default', 'tool-write-plan'],
    {
      end: 'Tool finished. Result was: Command completed successfully\n\n[Process exited with code 0]',
      tools: ["Execute: printf 'written by tool\\n' > hello.txt"],
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-yolo'],
    {
      end: 'Tool finished. Result was: The file /project/hello.txt has been created successfully.',
      tools: ['Create: /project/hello.txt'],
      usage: ['840/600/84'],
    },
  ],
  [
    ['nokey'],
    {
      end: 'not-signed-in: Error: Authentication failed. Please log in using /login or set a valid FACTORY_API_KEY environment variable.',
    },
  ],
];

describeRecorded(droid, outcomes);

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

test('An end without a word is a lost session only where one was to be gone on with', () => {
  expect(readRecorded(droid, 'resume-unknown', { resume: 'x', session: 'x' }).outcome.end).toMatch(/^unknown-session/);
  expect(readRecorded(droid, 'resume-unknown').outcome.end).toMatch(/^crashed/);
});

test('The first error says what went wrong, and the one after it does not hide that', () => {
  const { events } = readRecorded(droid, 'errctx');
  expect(events.filter((event) => event.type === 'failure')).toHaveLength(1);
});

test('A key in the environment is a sign-in, and anything else is not known', () => {
  const { signIn } = droid;
  const judge = (environment: Readonly<Record<string, string>>) =>
    signIn !== undefined && 'judge' in signIn ? signIn.judge(environment, {}) : null;
  expect([judge({ FACTORY_API_KEY: 'k' }), judge({})]).toEqual(['yes', 'unknown']);
});
