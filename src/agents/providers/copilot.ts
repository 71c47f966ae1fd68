import { attachmentFolders } from '../attached-files.ts';
import type { Access, CommandLineSpec, Turn } from '../provider.ts';
import { copilotReader } from './copilot-reader.ts';

/** GitHub Copilot CLI: `copilot --output-format json`. */
export const copilot: CommandLineSpec = {
  name: 'copilot',
  binary: 'copilot',
  capabilities: {
    resume: 'anywhere',
    images: true,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--allow-all', '--yolo', '--allow-all-tools', '--allow-all-paths', '--allow-all-urls', '--allow-tool'],
    ...['--allow-url', '--deny-tool', '--available-tools', '--excluded-tools', '--assisted-approval', '--autopilot'],
    ...['--mode', '--plan', '--fleet', '--trust-folder', '--add-dir', '-C', '--resume', '-r', '--continue'],
    ...['--session-id', '--connect', '--prompt', '-p', '--interactive', '-i', '--acp'],
  ],
  tested: { from: '1.0.102', below: '1.1.0' },
  installHint: 'Install it with `npm install -g @github/copilot`',
  signIn: {
    files: ['.copilot/config.json'],
    judge: (environment, contents) => {
      const variables = ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'COPILOT_PROVIDER_BASE_URL'];
      if (variables.some((variable) => (environment[variable] ?? '') !== '')) return 'yes';
      // Who signed in stands there; whoever is signed in to the GitHub CLI does not, and serves as well.
      const users = /"(?:loggedInUsers|logged_in_users)"\s*:\s*\[\s*\{/;
      return users.test(contents['.copilot/config.json'] ?? '') ? 'yes' : 'unknown';
    },
    hint: 'Run `copilot login` on this machine',
  },
  invoke: (turn) => ({
    args: [
      ...['--output-format', 'json', '--no-color', '--no-ask-user'],
      ...(turn.resume === null ? ['--session-id', turn.session] : [`--resume=${turn.resume}`]),
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...attachmentFlags(turn),
      ...turn.args,
      ...accessFlags(turn.access),
    ],
    input: turn.prompt,
    // This variable of the user's would allow everything, whatever the flags say.
    env: turn.access === 'full' ? {} : { COPILOT_ALLOW_ALL: '' },
  }),
  reader: copilotReader,
};

/** Complete for each level. Without somebody to ask, what no flag allows is denied; a denial wins over what the user saved as allowed. */
function accessFlags(access: Access): readonly string[] {
  switch (access) {
    case 'none':
      // A list with a tool that there is not: an empty list would be none.
      return ['--available-tools=none', '--disable-builtin-mcps'];
    case 'read':
      return ['--deny-tool=write', '--deny-tool=shell'];
    case 'edit':
      return ['--allow-tool=write'];
    case 'ask':
      return [];
    case 'full':
      return ['--allow-all'];
  }
}

function attachmentFlags(turn: Turn): readonly string[] {
  return [
    ...turn.attachments.filter(({ type }) => type.startsWith('image/')).flatMap(({ path }) => ['--attachment', path]),
    ...(turn.access === 'none' ? [] : attachmentFolders(turn).flatMap((folder) => ['--add-dir', folder])),
  ];
}
