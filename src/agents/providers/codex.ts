import { objectsOf, stringOf } from '../json.ts';
import type { CommandLineSpec, Turn } from '../provider.ts';
import { codexReader } from './codex-reader.ts';

const config = '.codex/config.toml';

/** Codex: `codex exec --json`. */
export const codex: CommandLineSpec = {
  name: 'codex',
  binary: 'codex',
  capabilities: {
    resume: 'anywhere',
    images: true,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: true,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--dangerously-bypass-approvals-and-sandbox', '--yolo', '--dangerously-bypass-hook-trust'],
    ...['--sandbox', '-s', '--ask-for-approval', '-a', '--full-auto', '--approve-for-me', '--ignore-rules', '--trust'],
    ...['--add-dir', '--cd', '-C', '--worktree'],
  ],
  tested: { from: '0.169.0', below: '0.170.0' },
  installHint: 'Install it with `npm install -g @openai/codex`',
  signIn: {
    args: ['login', 'status'],
    files: [config],
    read: (exit, _stdout, contents) => {
      if (exit.code === 0) return 'yes';
      // It only speaks of its own sign-in; another provider in its configuration has a key of its own, or needs none.
      const isOther = /^\s*(?:model_provider|oss_provider)\s*=/m.test(contents[config] ?? '');
      return exit.code === 1 && !isOther ? 'no' : 'unknown';
    },
    hint: 'Run `codex login` on this machine',
  },
  // A mind gets no MCP servers, and they can only be switched off one by one.
  inquiry: (turn) => (turn.access === 'none' ? ['mcp', 'list', '--json'] : null),
  invoke: (turn, _environment, servers) => ({
    args: [
      'exec',
      // The flag takes as many paths as follow it: another flag has to come next.
      ...imageFlags(turn),
      ...['--json', '--skip-git-repo-check'],
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...(turn.schema === null ? [] : ['--output-schema', schemaFile]),
      ...turn.args,
      ...accessFlags(turn, servers),
      ...(turn.resume === null ? [] : ['resume', turn.resume]),
      '-',
    ],
    input: turn.prompt,
    ...(turn.schema === null ? {} : { written: { [schemaFile]: JSON.stringify(turn.schema) } }),
  }),
  reader: codexReader,
};

const schemaFile = '<schema>';

/** Complete for each level. The sandbox is that of this call alone: a session that was begun with another one takes this one. */
function accessFlags(turn: Turn, servers: string): readonly string[] {
  const { access } = turn;
  if (access === 'full') return ['--dangerously-bypass-approvals-and-sandbox'];
  if (access === 'edit') return ['--sandbox', 'workspace-write'];
  return [
    ...['--sandbox', 'read-only', '--config', 'approval_policy="never"'],
    ...(access === 'none' ? toolless(turn, servers) : []),
  ];
}

/** What brings tools, by the names of its settings. A version that does not know one says so and goes on. */
const toolFeatures = [
  ...['shell_tool', 'unified_exec', 'multi_agent', 'goals', 'view_image', 'image_generation'],
  ...['apps', 'plugins', 'tool_suggest', 'browser_use', 'computer_use'],
];

function toolless(turn: Turn, servers: string): readonly string[] {
  const off = [
    ...toolFeatures.map((feature) => `features.${feature}=false`),
    'web_search="disabled"',
    ...serverNames(servers).map((name) => `mcp_servers.${name}.enabled=false`),
  ];
  // A mind's calls are no conversations that anybody would go on with.
  return [...(turn.resume === null ? ['--ephemeral'] : []), ...off.flatMap((setting) => ['--config', setting])];
}

function serverNames(list: string): readonly string[] {
  try {
    const names = objectsOf(JSON.parse(list)).map((server) => stringOf(server.name));
    return names.filter((name) => name !== null && /^[\w-]+$/.test(name)).map(String);
  } catch {
    return [];
  }
}

/** Images only; other attachments are named in the prompt. A comma would part a path in two. */
function imageFlags(turn: Turn): readonly string[] {
  const images = turn.attachments.filter(({ path, type }) => type.startsWith('image/') && !path.includes(','));
  return images.flatMap(({ path }) => ['--image', path]);
}
