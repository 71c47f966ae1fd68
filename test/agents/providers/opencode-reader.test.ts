import { expect, test } from 'vitest';
import { opencode } from '../../../src/agents/providers/opencode.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

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

test('Every step of a turn counts to what it used', () => {
  const { events } = readRecorded(opencode, 'tool-read');
  expect(events.filter((event) => event.type === 'usage')).toHaveLength(2);
});
