import { expect, test } from 'vitest';
import { copilot } from '../../../src/agents/providers/copilot.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

const session = '00000000-0000-4000-8000-000000000001';

describeRecorded(copilot, outcomes);

test('Its session is known from the first line, so that a run that is killed can be gone on with', () => {
  const { events } = readRecorded(copilot, 'sigint-bash', { session });
  expect(events[0]).toEqual({ type: 'session', id: session });
});

test('What sub-agents say to the model is neither told nor the answer; their tools are shown', () => {
  const { events } = readRecorded(copilot, 'subagent');
  const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
  expect(text).toBe('I will use a tool.\n\nThe tool said: The tool said: the seed of the project\n');
});
