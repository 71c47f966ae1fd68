import { expect, test } from 'vitest';
import { gemini } from '../../../src/agents/providers/gemini.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [['err401'], { end: 'not-signed-in: invalid x-api-key' }],
  [['err429', 'err500'], { end: 'nothing' }],
  [
    ['errctx'],
    { end: 'context-full: The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).' },
  ],
  [['plain-argv', 'plain-whole', 'stdin-open-argv'], { end: 'Hello from the loopback model.', usage: ['420/300/42'] }],
  [
    ['plain-stdin'],
    { end: 'LEN=646 SHA=34d45df1c2bc TAIL=on_context>\nPROMPT: CASE:echo from stdin', usage: ['420/300/42'] },
  ],
  [
    ['resume-unknown'],
    {
      end: 'unknown-session: Error resuming session: Invalid session identifier "9fc23be6-6031-45ce-a83b-0e4baeb6aa66".',
    },
  ],
  [['resume', 'sigint-resume'], { end: 'HISTORY users=2', usage: ['420/300/42'] }],
  [['sigint-bash', 'sigterm-bash'], { end: 'nothing', tools: ['run_shell_command: tail -f /dev/null'] }],
  [
    ['tool-write-default'],
    {
      end: 'NO SUITABLE TOOL among update_topic,list_directory,read_file,grep_search,glob,google_web_search,enter_plan_mode,invoke_agent',
      usage: ['420/300/42'],
    },
  ],
  [
    ['tool-write-plan', 'tool-write-yolo'],
    { end: 'Tool finished. The result came back.', tools: ['write_file: /project/hello.txt'], usage: ['840/600/84'] },
  ],
  [
    ['nokey'],
    {
      end: 'not-signed-in: Please set an Auth method in your /home/user/.gemini/settings.json or specify one of the following environment variables before running: GEMINI_API_KEY, GOOGLE_GENAI_USE_VERTEXAI, GOOGLE_GENAI_USE_GCA',
    },
  ],
  [['untrusted'], { end: 'denied: It does not trust this directory: run `gemini` there once, and trust it' }],
];

describeRecorded(gemini, outcomes);

test('What it said before a tool call is told, and is not the answer', () => {
  const { events } = readRecorded(gemini, 'tool-write-yolo');
  const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
  expect(text).toBe('I will use a tool. \n\nTool finished. The result came back.');
});
