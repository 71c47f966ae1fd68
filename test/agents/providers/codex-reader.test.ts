import { expect, test } from 'vitest';
import { codex } from '../../../src/agents/providers/codex.ts';
import { testTurn } from '../../contracts/provider.ts';
import { describeRecorded, type Outcome, readRecorded } from '../../support/recorded-outcome.ts';

/** Every recorded case, by what it comes to. */
const outcomes: readonly (readonly [readonly string[], Outcome])[] = [
  [['badcd'], { end: 'crashed: No such file or directory (os error 2)' }],
  [['badconfig'], { end: 'crashed: Model provider `nope` not found' }],
  [['badflag'], { end: "crashed: unexpected argument '--no-such' found" }],
  [
    ['both-argv-stdin'],
    { end: 'LEN=56 SHA=57655a1aa993 TAIL=o argv part\n\n<stdin>\nstdin part\n</stdin>', usage: ['420/300/42'] },
  ],
  [
    ['cd-flag-before'],
    {
      end: 'Tool finished. Result was: Chunk ID: ed09b4\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 7\nOutput:\n/project\n',
      tools: ["shell: /bin/bash -lc 'echo tool-ran > hello.txt; pwd'"],
      usage: ['840/600/84'],
    },
  ],
  [
    ['cd-flag'],
    {
      end: 'Tool finished. Result was: Chunk ID: 06192f\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 7\nOutput:\n/project\n',
      tools: ["shell: /bin/bash -lc 'echo tool-ran > hello.txt; pwd'"],
      usage: ['840/600/84'],
    },
  ],
  [['dashprompt'], { end: 'LEN=32 SHA=bdb2de2a67a2 TAIL=--- PROMPT: CASE:echo yaml front', usage: ['420/300/42'] }],
  [
    [
      'devinstr',
      'ephemeral',
      'image',
      'mcp-bad',
      'mcp-good',
      'model',
      'nongit-skip',
      'outfile',
      'plain-argv',
      'plain-stdin-nodash',
      'plain-stdin',
      'resume-notuuid',
    ],
    { end: 'Hello from the loopback model.', usage: ['420/300/42'] },
  ],
  [
    ['ephemeral-resume'],
    {
      end: 'unknown-session: thread/resume: thread/resume failed: no rollout found for thread id 01a2027a-1557-78e2-ab61-5beed7fcc1a6 (code -32600)',
    },
  ],
  [
    ['err401'],
    {
      end: 'not-signed-in: unexpected status 401 Unauthorized: invalid x-api-key, url: http://127.0.0.1:8080/v1/responses',
      retries: ['1/1 not-signed-in'],
    },
  ],
  [
    ['err429'],
    { end: 'rate-limited: exceeded retry limit, last status: 429 Too Many Requests', retries: ['1/1 rate-limited'] },
  ],
  [
    ['err500'],
    {
      end: 'crashed: We’re currently experiencing high demand, which may cause temporary errors.',
      retries: ['1/1 crashed'],
    },
  ],
  [
    ['errctx'],
    {
      end: "context-full: Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
    },
  ],
  [
    ['errdrop'],
    { end: 'crashed: stream disconnected before completion: error sending request', retries: ['1/1 crashed'] },
  ],
  [['errquota'], { end: 'quota: Quota exceeded. Check your plan and billing details.' }],
  [['fork'], { end: 'HISTORY users=5', usage: ['2100/1500/210'] }],
  [['image-nodashdash', 'no-prompt'], { end: 'crashed: It ended with exit code 1: No prompt provided via stdin.' }],
  [
    ['long-stdin-2MB'],
    {
      end: 'context-full: turn/start: turn/start failed: Input exceeds the maximum length of 1048576 characters. (code -32602), data: {"input_error_code":"input_too_large","max_chars":1048576,"actual_chars":2097170}',
    },
  ],
  [
    ['long-stdin'],
    { end: 'LEN=204818 SHA=2a70528f742d TAIL=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', usage: ['420/300/42'] },
  ],
  [
    ['model-tool'],
    {
      end: 'Tool finished. Result was: Chunk ID: c742fe\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n',
      tools: ['shell: /bin/bash -lc "printf \'written by tool\\\\n\' > hello.txt"'],
      usage: ['840/600/84'],
    },
  ],
  [['nokey'], { end: 'not-signed-in: Missing environment variable: `LOOPBACK_API_KEY`.' }],
  [
    ['nongit'],
    {
      end: 'crashed: It ended with exit code 1: Not inside a trusted directory and --skip-git-repo-check was not specified.',
    },
  ],
  [['refused'], { end: 'nothing', retries: ['1/? crashed', '2/? crashed', '3/? crashed', '4/? crashed'] }],
  [
    ['resume-default-write'],
    {
      end: 'Tool finished. Result was: Chunk ID: 876861\nWall time: 0.0000 seconds\nProcess exited with code 1\nOriginal token count: 13\nOutput:\n/bin/bash: line 1: hello.txt: Read-only file system\n',
      usage: ['2100/1500/210'],
    },
  ],
  [['resume-other-cwd'], { end: 'HISTORY users=4', usage: ['1680/1200/168'] }],
  [['resume-sandbox-after'], { end: "crashed: unexpected argument '-s' found" }],
  [
    ['resume-sandbox-write'],
    {
      end: 'Tool finished. Result was: Chunk ID: 9b0b8d\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n',
      tools: ['shell: /bin/bash -lc "printf \'written by tool\\\\n\' > hello.txt"'],
      usage: ['1260/900/126'],
    },
  ],
  [['resume-stdin'], { end: 'HISTORY users=3', usage: ['1260/900/126'] }],
  [
    ['resume-unknown'],
    {
      end: 'unknown-session: thread/resume: thread/resume failed: no rollout found for thread id 015452ce-5bd0-4887-81a0-8f160b104102 (code -32600)',
    },
  ],
  [['resume', 'sigint-resume'], { end: 'HISTORY users=2', usage: ['840/600/84'] }],
  [
    ['sigint-bash'],
    {
      end: 'crashed: It ended with exit code 1: 2026-11-22T09:01:18.324557Z ERROR codex_core::session: failed to record rollout items: thread 01a2027d-0465-7f83-9c91-45b319f583fc not found',
      tools: ['shell: /bin/bash -lc "bash -c \'tail -f /dev/null\'; echo done"'],
    },
  ],
  [['sigint-hang-resume', 'sigkill-resume', 'sigterm-resume'], { end: 'HISTORY users=2', usage: ['420/300/42'] }],
  [['sigint-hang'], { end: 'crashed: It ended with exit code 1: Reading additional input from stdin...' }],
  [
    ['sigkill-bash'],
    {
      end: 'crashed: It was ended by SIGKILL: Reading additional input from stdin...',
      tools: ['shell: /bin/bash -lc "bash -c \'tail -f /dev/null\'; echo done"'],
    },
  ],
  [
    ['sigterm-bash', 'sigterm-group-bash'],
    {
      end: 'crashed: It was ended by SIGTERM: Reading additional input from stdin...',
      tools: ['shell: /bin/bash -lc "bash -c \'tail -f /dev/null\'; echo done"'],
    },
  ],
  [['stdin-open-argv'], { end: 'nothing' }],
  [
    ['tool-read'],
    {
      end: 'Tool finished. Result was: Chunk ID: ff903e\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 4\nOutput:\nseed content\n',
      tools: ["shell: /bin/bash -lc 'cat seed.txt'"],
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-bypass'],
    {
      end: 'Tool finished. Result was: Chunk ID: ff8994\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n',
      tools: ['shell: /bin/bash -lc "printf \'written by tool\\\\n\' > hello.txt"'],
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-default'],
    {
      end: 'Tool finished. Result was: Chunk ID: a9bec1\nWall time: 0.0000 seconds\nProcess exited with code 1\nOriginal token count: 13\nOutput:\n/bin/bash: line 1: hello.txt: Read-only file system\n',
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-readonly-bypass'],
    {
      end: 'Tool finished. Result was: Chunk ID: 7c8828\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n',
      tools: ['shell: /bin/bash -lc "printf \'written by tool\\\\n\' > hello.txt"'],
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-readonly'],
    {
      end: 'Tool finished. Result was: Chunk ID: cf5a59\nWall time: 0.0000 seconds\nProcess exited with code 1\nOriginal token count: 13\nOutput:\n/bin/bash: line 1: hello.txt: Read-only file system\n',
      usage: ['840/600/84'],
    },
  ],
  [
    ['tool-write-workspace'],
    {
      end: 'Tool finished. Result was: Chunk ID: 9d247e\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n',
      tools: ['shell: /bin/bash -lc "printf \'written by tool\\\\n\' > hello.txt"'],
      usage: ['840/600/84'],
    },
  ],
  [['unicode-echo'], { end: 'LEN=27 SHA=c0e3ef2a14c8 TAIL=PROMPT: CASE:echo ünï 🌍 你好', usage: ['420/300/42'] }],
  [['unicode'], { end: 'Grüße 🌍 你好 עברית   end', usage: ['420/300/42'] }],
];

describeRecorded(codex, outcomes);

test.each([
  ["You've hit your usage limit. Try again at 5 PM.", 'quota'],
  ['Your access token could not be refreshed because your refresh token was revoked.', 'not-signed-in'],
  ['unexpected status 403 Forbidden: no', 'denied'],
  ['stream disconnected before completion: Rate limit reached. Please try again in 1.5s', 'crashed'],
])('The CLI own words "%s" are %s', (message, reason) => {
  const line = JSON.stringify({ type: 'turn.failed', error: { message } });
  expect(codex.reader(testTurn()).parse(line)).toMatchObject([{ type: 'failure', reason }]);
});

test('Messages before the last one are told as they come, and are not the answer', () => {
  const { events } = readRecorded(codex, 'tool-read');
  const texts = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
  expect(texts[0]).toBe('I will use a tool. ');
  expect(texts[1]).toMatch(/^\n\nTool finished/);
});
