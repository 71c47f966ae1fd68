import { expect, test } from 'vitest';
import { qwen } from '../../../src/agents/providers/qwen.ts';
import { testTurn } from '../../contracts/provider.ts';
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
  [['plain-argv', 'stdin-open-argv'], { end: 'Hello from the loopback model.', usage: ['840/600/84'] }],
  [
    ['plain-stdin'],
    { end: 'LEN=9249 SHA=3637ef891fb4 TAIL=reminder>\nPROMPT: CASE:echo from stdin\n\n', usage: ['840/600/84'] },
  ],
  [
    ['resume-unknown'],
    {
      end: 'unknown-session: No saved session found with ID 30eb2ae4-8faf-4a6a-9db6-e551495d8c2c. Run `qwen --resume` without an ID to choose from existing sessions.',
    },
  ],
  [['resume'], { end: 'HISTORY users=2', usage: ['1680/1200/168'] }],
  [
    ['sigint-bash'],
    {
      end: "crashed: It was ended by SIGINT: Warning: running headless with --yolo / approval-mode=yolo and no sandbox. All tool calls (shell, write, edit) auto-execute at this process's privilege leve",
      tools: ["run_shell_command: bash -c 'tail -f /dev/null'; echo done"],
    },
  ],
  [['sigint-resume'], { end: 'HISTORY users=2', usage: ['1260/900/126'] }],
  [
    ['sigterm-bash'],
    {
      end: "crashed: It was ended by SIGTERM: Warning: running headless with --yolo / approval-mode=yolo and no sandbox. All tool calls (shell, write, edit) auto-execute at this process's privilege leve",
      tools: ["run_shell_command: bash -c 'tail -f /dev/null'; echo done"],
    },
  ],
  [
    ['tool-write-default'],
    {
      end: 'NO SUITABLE TOOL among agent,get_goal,glob,grep_search,list_agents,read_file,skill,tool_call,tool_search,update_goal',
      usage: ['1260/900/126'],
    },
  ],
  [
    ['tool-write-plan'],
    {
      end: 'NO SUITABLE TOOL among agent,get_goal,glob,grep_search,list_agents,read_file,skill,tool_call,tool_search,update_goal',
      usage: ['1680/1200/168'],
    },
  ],
  [
    ['tool-write-yolo'],
    {
      end: 'Tool finished. Result was: Successfully created and wrote to new file: /project/hello.txt.',
      tools: ['write_file: /project/hello.txt'],
      usage: ['840/600/84'],
    },
  ],
  [
    ['nokey'],
    {
      end: 'not-signed-in: No auth type is selected. Please configure an auth type (e.g. via settings or `--auth-type`) before running in non-interactive mode.',
    },
  ],
];

describeRecorded(qwen, outcomes);

test('An answer that begins like an error of the endpoint is an answer', () => {
  const content = [{ type: 'text', text: '[API Error: is what it prints]' }];
  const line = JSON.stringify({ type: 'assistant', message: { content, usage: { output_tokens: 12 } } });
  expect(qwen.reader(testTurn()).parse(line)).toEqual([{ type: 'text', text: '[API Error: is what it prints]' }]);
});

test('Nothing of an endpoint error is taken for words of the model', () => {
  const { events } = readRecorded(qwen, 'err401');
  expect(events.filter((event) => event.type === 'text')).toEqual([]);
});
