import type { Access, CommandLineSpec } from '../provider.ts';
import { droidReader } from './droid-reader.ts';

/** Factory's Droid: `droid exec --output-format stream-json`. */
export const droid: CommandLineSpec = {
  name: 'droid',
  binary: 'droid',
  capabilities: {
    resume: 'anywhere',
    images: false,
    cost: false,
    // What it calls read-only runs every command that the model declares harmless.
    readOnly: 'advisory',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--auto', '--skip-permissions-unsafe', '--use-spec', '--mission', '--only-tools', '--add-tools'],
    ...['--remove-tools', '--cwd', '--worktree', '-w', '--session-id', '-s', '--fork', '--file', '-f'],
    ...['--input-format'],
  ],
  tested: { from: '0.215.0', below: '0.216.0' },
  installHint: 'Install it with `npm install -g droid`',
  signIn: {
    files: [],
    judge: (environment) => ((environment.FACTORY_API_KEY ?? '') === '' ? 'unknown' : 'yes'),
    hint: 'Run `droid` on this machine and sign in with /login',
  },
  invoke: (turn) => ({
    args: [
      ...['exec', '--output-format', 'stream-json'],
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...(turn.resume === null ? [] : ['--session-id', turn.resume]),
      ...turn.args,
      ...accessFlags(turn.access),
    ],
    input: turn.prompt,
  }),
  reader: droidReader,
};

/** Complete for each level. */
function accessFlags(access: Access): readonly string[] {
  switch (access) {
    case 'none':
      // It takes no empty list; with this one alone the model is offered nothing.
      return ['--only-tools', 'TodoWrite'];
    case 'read':
    case 'ask':
      return ['--only-tools', 'Read,LS,Grep,Glob'];
    case 'edit':
      return ['--auto', 'low'];
    case 'full':
      return ['--skip-permissions-unsafe'];
  }
}
