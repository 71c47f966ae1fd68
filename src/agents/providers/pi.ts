import type { Access, CommandLineSpec } from '../provider.ts';
import { piReader } from './pi-reader.ts';

/** pi: `pi --mode json`. */
export const pi: CommandLineSpec = {
  name: 'pi',
  binary: 'pi',
  capabilities: {
    resume: 'same-directory',
    images: true,
    cost: true,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [
    ...['--tools', '-t', '--no-tools', '-nt', '--no-builtin-tools', '-nbt', '--session', '--fork', '--continue', '-c'],
    ...['--resume', '-r', '--no-session', '--mode', '--print', '-p'],
  ],
  tested: { from: '0.73.0', below: '0.74.0' },
  installHint: 'Install it with `npm install -g @mariozechner/pi-coding-agent`',
  signIn: {
    files: ['.pi/agent/auth.json', '.pi/agent/models.json'],
    judge: (_environment, contents) =>
      Object.values(contents).some((content) => content !== null && /"[^"]+"\s*:/.test(content)) ? 'yes' : 'unknown',
    hint: 'Run `pi` on this machine and sign in with /login',
  },
  invoke: (turn) => ({
    args: [
      ...['--mode', 'json'],
      ...(turn.model === null ? [] : ['--model', turn.model]),
      ...(turn.resume === null ? [] : ['--session', turn.resume]),
      ...turn.args,
      ...accessFlags(turn.access, turn.resume === null),
      ...turn.attachments.map(({ path }) => `@${path}`),
    ],
    input: turn.prompt,
  }),
  reader: piReader,
};

const reading = 'read,grep,find,ls';

/** Complete for each level. It asks for nothing and has no sandbox, so a level is what tools there are: a shell only at `full`. */
function accessFlags(access: Access, isFresh: boolean): readonly string[] {
  switch (access) {
    case 'none':
      return ['--no-tools', ...(isFresh ? ['--no-session'] : [])];
    case 'read':
    case 'ask':
      return ['--tools', reading];
    case 'edit':
      return ['--tools', `${reading},edit,write`];
    case 'full':
      return [];
  }
}
