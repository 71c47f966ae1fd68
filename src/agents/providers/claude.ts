import { dirname } from 'node:path';
import { parseObject } from '../json.ts';
import type { Access, CommandLineSpec, Turn } from '../provider.ts';

import { claudeReader } from './claude-reader.ts';

/** Claude Code: `claude -p` with one JSON object a line. */
export const claude: CommandLineSpec = {
  name: 'claude',
  binary: 'claude',
  capabilities: {
    resume: 'anywhere',
    images: true,
    cost: true,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    '--dangerously-skip-permissions',
    '--allow-dangerously-skip-permissions',
    '--permission-mode',
    '--permission-prompt-tool',
    '--allowedTools',
    '--allowed-tools',
    '--disallowedTools',
    '--disallowed-tools',
    '--tools',
    '--settings',
    '--setting-sources',
    '--add-dir',
    '--resume',
    '-r',
    '--continue',
    '-c',
    '--session-id',
    '--fork-session',
  ],
  tested: { from: '2.1.0', below: '2.2.0' },
  stopSignal: 'SIGINT',
  inlineImages: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
  installHint: 'Install it with `npm install -g @anthropic-ai/claude-code`',
  signIn: {
    args: ['auth', 'status'],
    read: (exit, stdout) => {
      const signedIn = parseObject(stdout)?.loggedIn;
      if (signedIn === true) return 'yes';
      return signedIn === false || exit.code === 1 ? 'no' : 'unknown';
    },
    hint: 'Run `claude` on this machine and sign in with /login',
  },
  invoke: (turn) => ({
    args: [
      ...['-p', '--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
      ...(turn.resume === null ? ['--session-id', turn.session] : ['--resume', turn.resume]),
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...(turn.budgetUsd === null ? [] : ['--max-budget-usd', turn.budgetUsd.toFixed(4)]),
      ...(turn.schema === null ? [] : ['--json-schema', JSON.stringify(turn.schema)]),
      ...(imagesOf(turn).length === 0 ? [] : ['--input-format', 'stream-json']),
      ...attachmentFlags(turn),
      ...turn.args,
      ...accessFlags(turn.access),
    ],
    input: inputOf(turn),
    env: {
      // A shell left in the background would outlive the answer, or keep it from ending.
      CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
      // `@/path` in a prompt would put that file into it, whoever wrote it, even where no tool may be used.
      CLAUDE_CODE_DISABLE_FILE_MENTIONS: '1',
    },
  }),
  reader: claudeReader,
  expectedModes: (access) => [access === 'full' ? 'bypassPermissions' : modes[access]],
};

const modes: Readonly<Record<Exclude<Access, 'full'>, string>> = {
  none: 'default',
  read: 'plan',
  edit: 'acceptEdits',
  // Without somebody to ask, what needs approval is refused.
  ask: 'default',
};

/** Tools that write, or run something that may. A shell is one of them, whatever it is asked to run. */
const writingTools = [
  ...['Write', 'Edit', 'MultiEdit', 'NotebookEdit'],
  ...['Bash', 'BashOutput', 'KillShell', 'PowerShell', 'Monitor', 'Workflow'],
  ...['EnterWorktree', 'ExitWorktree', 'CronCreate', 'CronDelete', 'ScheduleWakeup', 'ExitPlanMode'],
];

/** Complete for each level: read-only flags beside a bypass flag would not be read-only. */
function accessFlags(access: Access): readonly string[] {
  switch (access) {
    case 'none':
      return ['--tools', '', '--strict-mcp-config', '--permission-mode', modes.none];
    case 'read':
      return ['--disallowedTools', ...writingTools, '--permission-mode', modes.read];
    case 'edit':
    case 'ask':
      return ['--permission-mode', modes[access]];
    case 'full':
      return ['--dangerously-skip-permissions'];
  }
}

/** Attachments lie outside of the agent's directory, where some levels may not read unless they are told; adding the directory would let them write there. */
function attachmentFlags(turn: Turn): readonly string[] {
  if (turn.access === 'none' || turn.attachments.length === 0) return [];
  const directories = new Set(turn.attachments.map((attachment) => dirname(attachment.path)));
  return ['--allowedTools', ...[...directories].map((directory) => `Read(/${directory}/**)`)];
}

/** With images the input is one JSON message, else the text alone. */
function inputOf(turn: Turn): string {
  // A text that begins with a slash would be a command to the CLI itself.
  const text = turn.prompt.startsWith('/') ? `\n${turn.prompt}` : turn.prompt;
  const images = imagesOf(turn);
  if (images.length === 0) return text;
  const content = [...images, { type: 'text', text }];
  return `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`;
}

function imagesOf(turn: Turn) {
  return turn.attachments.flatMap(({ type, data }) =>
    data === undefined ? [] : [{ type: 'image', source: { type: 'base64', media_type: type, data } }],
  );
}
