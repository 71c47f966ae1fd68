import { expect, test } from 'vitest';
import { pi } from '../../../src/agents/providers/pi.ts';
import { testTurn } from '../../contracts/provider.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [['err401'], { end: 'not-signed-in: 401 invalid x-api-key' }],
  [['err429'], { end: 'nothing', retries: ['1/3 rate-limited', '2/3 rate-limited', '3/3 rate-limited'] }],
  [['err500'], { end: 'nothing', retries: ['1/3 crashed', '2/3 crashed', '3/3 crashed'] }],
  [
    ['errctx'],
    {
      end: "context-full: 400 This model's maximum context length is 128000 tokens. However, your messages resulted in 250000 tokens.",
    },
  ],
  [['plain-argv'], { end: 'Hello from the loopback model.', usage: ['420/300/42 $0.000234'] }],
  [
    ['plain-stdin'],
    { end: 'LEN=28 SHA=06d5ffc6cd4e TAIL=PROMPT: CASE:echo from stdin', usage: ['420/300/42 $0.000234'] },
  ],
  [['resume-unknown'], { end: "unknown-session: No session found matching '25ec14bf-a64e-4032-a5e3-13b8ed5cf069'" }],
  [['resume', 'sigint-resume'], { end: 'HISTORY users=2', usage: ['420/300/42 $0.000234'] }],
  [
    ['sigint-bash'],
    {
      end: 'crashed: It was ended by SIGINT',
      tools: ["bash: bash -c 'tail -f /dev/null'; echo done"],
      usage: ['420/300/42 $0.000234'],
    },
  ],
  [
    ['sigterm-bash'],
    {
      end: 'crashed: It ended with exit code 143',
      tools: ["bash: bash -c 'tail -f /dev/null'; echo done"],
      usage: ['420/300/42 $0.000234'],
    },
  ],
  [['stdin-open-argv'], { end: 'nothing' }],
  [
    ['tool-write-default', 'tool-write-yolo'],
    {
      end: 'Tool finished. The result came back.',
      tools: ['write: /project/hello.txt'],
      usage: ['420/300/42 $0.000234', '420/300/42 $0.000234'],
    },
  ],
  [['tool-write-plan'], { end: 'NO SUITABLE TOOL among read,grep,find,ls', usage: ['420/300/42 $0.000234'] }],
  [['nokey'], { end: 'not-signed-in: No API key found for the selected model.' }],
];

describeRecorded(pi, outcomes);

test('A turn that failed ends with exit code 0 and is a failure all the same', () => {
  expect(readRecorded(pi, 'err401').outcome.end).toMatch(/^not-signed-in/);
});

test('A session of another directory is not gone on with, though the CLI ends without an error', () => {
  const stderr = 'Session found in different project: /elsewhere\nFork this session into current directory? [y/N] ';
  const problem = pi.reader(testTurn()).diagnose?.({ code: 0, signal: null, stderr });
  expect(problem).toMatchObject({ reason: 'unknown-session' });
});
