import { fileURLToPath } from 'node:url';
import { attachmentFolders, withMentions } from '../attached-files.ts';
import { objectOf, parseObject, stringOf } from '../json.ts';
import type { Access, CommandLineSpec } from '../provider.ts';
import { geminiReader } from './gemini-reader.ts';

/** Gemini CLI: `gemini --output-format stream-json`. */
export const gemini: CommandLineSpec = {
  name: 'gemini',
  binary: 'gemini',
  capabilities: {
    resume: 'same-directory',
    images: true,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--yolo', '-y', '--approval-mode', '--approvalMode', '--allowed-tools', '--allowedTools'],
    ...['--policy', '--admin-policy', '--adminPolicy', '--skip-trust', '--skipTrust', '--sandbox', '-s'],
    ...['--include-directories', '--includeDirectories', '--worktree', '-w', '--resume', '-r', '--session-file'],
    ...['--session-id', '--acp', '--experimental-acp', '--prompt', '-p', '--prompt-interactive', '-i'],
  ],
  tested: { from: '0.61.0', below: '0.62.0' },
  installHint: 'Install it with `npm install -g @google/gemini-cli`',
  signIn: {
    files: ['.gemini/settings.json', '.gemini/oauth_creds.json'],
    judge: (environment, contents) => {
      const keys = ['GEMINI_API_KEY', 'GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_GENAI_USE_GCA'];
      if (keys.some((key) => (environment[key] ?? '') !== '')) return 'yes';
      const settings = parseObject(contents['.gemini/settings.json'] ?? '');
      const chosen = stringOf(objectOf(objectOf(settings?.security)?.auth)?.selectedType);
      if (chosen === null) return 'no';
      // Only this way of signing in leaves a file; a key may come from the keychain or a file of the project.
      return contents['.gemini/oauth_creds.json'] == null ? 'unknown' : 'yes';
    },
    hint: 'Run `gemini` on this machine and sign in, or set GEMINI_API_KEY',
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
  reader: geminiReader,
};

/** Complete for each level. Explicit also where it is the default, because the user's settings may have another one. */
function accessFlags(access: Access): readonly string[] {
  switch (access) {
    case 'none':
      return [
        ...['--approval-mode', 'default', ...denying('gemini-none.toml')],
        // In a directory that is empty there is nothing to trust, and without trust it does not start.
        ...['--allowed-mcp-server-names', 'none', '--extensions', 'none', '--skip-trust'],
      ];
    case 'read':
      return ['--approval-mode', 'default', ...denying('gemini-read.toml')];
    case 'edit':
      return ['--approval-mode', 'auto_edit'];
    case 'ask':
      return ['--approval-mode', 'default'];
    case 'full':
      return ['--yolo'];
  }
}

/**
 * As an administrator's policy it wins over whatever the user allows. Where the machine has such a policy already it is ignored, so it
 * stands in the user's place as well.
 */
function denying(file: string): readonly string[] {
  const path = fileURLToPath(new URL(`../../../config/${file}`, import.meta.url));
  return ['--admin-policy', path, '--policy', path];
}
