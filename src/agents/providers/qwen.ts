import { attachmentFolders, withMentions } from '../attached-files.ts';
import { objectOf, parseObject, stringOf } from '../json.ts';
import type { Access, CommandLineSpec } from '../provider.ts';
import { qwenReader } from './qwen-reader.ts';

/** Qwen Code: `qwen --output-format stream-json`. */
export const qwen: CommandLineSpec = {
  name: 'qwen',
  binary: 'qwen',
  capabilities: {
    resume: 'same-directory',
    images: true,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: true,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--yolo', '-y', '--approval-mode', '--approvalMode', '--allowed-tools', '--allowedTools', '--core-tools'],
    ...['--coreTools', '--exclude-tools', '--excludeTools', '--sandbox', '-s', '--include-directories', '--add-dir'],
    ...['--includeDirectories', '--addDir', '--worktree', '--resume', '-r', '--continue', '-c', '--session-id'],
    ...['--sessionId', '--fork-session', '--forkSession', '--acp', '--prompt', '-p', '--prompt-interactive', '-i'],
    ...['--input-file', '--inputFile', '--input-format', '--inputFormat'],
  ],
  tested: { from: '0.24.0', below: '0.25.0' },
  installHint: 'Install it with `npm install -g @qwen-code/qwen-code`',
  signIn: {
    files: ['.qwen/settings.json'],
    judge: (_environment, contents) => {
      const settings = parseObject(contents['.qwen/settings.json'] ?? '');
      return stringOf(objectOf(objectOf(settings?.security)?.auth)?.selectedType) === null ? 'no' : 'yes';
    },
    hint: 'Run `qwen` on this machine and sign in with /auth',
  },
  invoke: (turn) => ({
    args: [
      ...['--output-format', 'stream-json'],
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...(turn.resume === null ? [] : ['--resume', turn.resume]),
      ...attachmentFolders(turn).flatMap((folder) => ['--include-directories', folder]),
      ...turn.args,
      ...accessFlags(turn.access),
    ],
    input: withMentions(turn),
  }),
  reader: qwenReader,
  expectedModes: (access) => [modes[access]],
};

const modes: Readonly<Record<Access, string>> = {
  none: 'plan',
  read: 'plan',
  edit: 'auto-edit',
  ask: 'default',
  full: 'yolo',
};

/** Its plan mode lets through what the user's settings allow, writing tools too: so they are taken away. */
const writingTools = [
  ...['write_file', 'edit', 'notebook_edit', 'run_shell_command', 'exec', 'monitor', 'workflow', 'save_memory'],
  ...['enter_worktree', 'exit_worktree', 'exit_plan_mode', 'artifact', 'record_artifact', 'image_gen'],
  ...['cron_create', 'cron_delete', 'loop_wakeup', 'create_sub_session', 'team_create', 'team_delete'],
];

const otherTools = [
  ...['read_file', 'grep_search', 'glob', 'list_directory', 'lsp', 'zoom_image', 'web_fetch', 'web_search'],
  ...['todo_write', 'task_create', 'task_update', 'task_list', 'task_stop', 'agent', 'list_agents', 'send_message'],
  ...['skill', 'enter_plan_mode', 'ask_user_question', 'cron_list', 'team_plan_approval', 'request_shutdown'],
  ...['tool_call', 'tool_search', 'read_mcp_resource', 'record_source', 'report_findings', 'get_goal', 'update_goal'],
  ...['propose_goal'],
];

/** Complete for each level. */
function accessFlags(access: Access): readonly string[] {
  const mode = ['--approval-mode', modes[access]];
  switch (access) {
    case 'none':
      // Safe mode: no MCP servers, no hooks, no extensions.
      return [...mode, '--safe-mode', '--exclude-tools', [...writingTools, ...otherTools].join(',')];
    case 'read':
      return [...mode, '--exclude-tools', writingTools.join(',')];
    case 'edit':
    case 'ask':
      return mode;
    case 'full':
      return ['--yolo'];
  }
}
