import { expect, test } from 'vitest';
import { droid } from '../../../src/agents/providers/droid.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

test('An end without a word is a lost session only where one was to be gone on with', () => {
  expect(readRecorded(droid, 'resume-unknown', { resume: 'x', session: 'x' }).outcome.end).toMatch(/^unknown-session/);
  expect(readRecorded(droid, 'resume-unknown').outcome.end).toMatch(/^crashed/);
});

test('The first error says what went wrong, and the one after it does not hide that', () => {
  const { events } = readRecorded(droid, 'errctx');
  expect(events.filter((event) => event.type === 'failure')).toHaveLength(1);
});
