import { attachmentFolders } from '../attached-files.ts';
import { type JsonObject, objectOf, parseObject, stringOf } from '../json.ts';
import type { CommandLineSpec, Turn } from '../provider.ts';
import { opencodeReader } from './opencode-reader.ts';

/** OpenCode: `opencode run --format json`. */
export const opencode: CommandLineSpec = {
  name: 'opencode',
  binary: 'opencode',
  capabilities: {
    // Elsewhere it would hang without a word.
    resume: 'same-directory',
    images: true,
    cost: true,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--auto', '--dangerously-skip-permissions', '--agent', '--command', '--attach', '--share', '--dir'],
    ...['--session', '-s', '--continue', '-c', '--fork', '--interactive', '-i'],
  ],
  tested: { from: '1.18.0', below: '1.19.0' },
  installHint: 'Install it with `npm install -g opencode-ai`',
  signIn: {
    args: ['auth', 'list'],
    // Nothing in its list is no proof: a configured provider may hold a key, or need none.
    read: (_exit, stdout) => (/\b[1-9]\d* (?:credential|environment variable)/.test(stdout) ? 'yes' : 'unknown'),
    hint: 'Run `opencode auth login` on this machine',
  },
  invoke: (turn, environment) => ({
    args: [
      ...['run', '--format', 'json'],
      // Without a title it makes another model call for one.
      ...(turn.resume === null ? ['--title', `Tutti: ${turn.agent}`] : ['--session', turn.resume]),
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...turn.attachments.flatMap(({ path }) => ['--file', path]),
      ...turn.args,
      ...accessFlags(turn),
    ],
    input: turn.prompt,
    env: accessVariables(turn, environment),
  }),
  reader: opencodeReader,
};

function accessFlags(turn: Turn): readonly string[] {
  switch (turn.access) {
    case 'none':
    case 'read':
      return ['--agent', agentName(turn)];
    case 'edit':
    case 'ask':
      return [];
    case 'full':
      return ['--auto'];
  }
}

/** A name that neither the user's nor the project's configuration can have given rights to. */
function agentName(turn: Turn): string {
  return `tutti-${turn.access}-${turn.session}`;
}

/**
 * Permissions of an agent win over all others, so read-only runs are those of an agent of our own, whose permissions are deny. They stand
 * in the general ones too, over the user's: sub-agents take those, and may have wider ones of their own, so there are none.
 */
function accessVariables(turn: Turn, environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const permission = permissionsOf(turn);
  if (permission === null) return {};
  const config = parseCommented(environment.OPENCODE_CONFIG_CONTENT);
  const agent = { ...objectOf(config.agent), [agentName(turn)]: { mode: 'primary', permission } };
  return {
    OPENCODE_CONFIG_CONTENT: JSON.stringify({ ...config, agent }),
    OPENCODE_PERMISSION: JSON.stringify(over(theirPermission(environment.OPENCODE_PERMISSION), permission)),
  };
}

function permissionsOf(turn: Turn): JsonObject | null {
  if (turn.access === 'none') return { '*': 'deny' };
  if (turn.access !== 'read') return null;
  const allowed = attachmentFolders(turn).map((folder) => [`${folder}/*`, 'allow']);
  return {
    edit: 'deny',
    bash: 'deny',
    task: 'deny',
    // What would be asked for ends the turn where nobody can answer.
    external_directory: { '*': 'deny', ...Object.fromEntries(allowed) },
    doom_loop: 'deny',
  };
}

/** Later rules win over earlier ones, so ours come last. */
function over(theirs: JsonObject, ours: JsonObject): JsonObject {
  const kept = Object.entries(theirs).filter(([name]) => !(name in ours));
  return Object.fromEntries([...kept, ...Object.entries(ours)]);
}

function theirPermission(value: string | undefined): JsonObject {
  const all = value === undefined ? null : stringOf(parseText(value));
  return all === null ? parseCommented(value) : { '*': all };
}

/** JSON with comments and trailing commas, as OpenCode takes it; empty when it is none. */
function parseCommented(value: string | undefined): JsonObject {
  if (value === undefined) return {};
  const bare = value
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*.*?\*\//gs, '$1')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/gs, '$1');
  return parseObject(bare) ?? {};
}

function parseText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
