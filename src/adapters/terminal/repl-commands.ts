import type { CommandCall, CommandSpec, SubcommandSpec } from '../adapter.ts';

/** What the REPL does itself: nothing of it reaches the moderator or an agent. */
export type LocalAction =
  | { readonly type: 'leave' }
  | { readonly type: 'clear' }
  | { readonly type: 'keys' }
  | { readonly type: 'attach'; readonly path: string }
  | { readonly type: 'new-tab'; readonly name: string | null }
  | { readonly type: 'switch-tab'; readonly to: string }
  | { readonly type: 'close-tab' }
  | { readonly type: 'list-tabs' };

const name = { name: 'name', summary: 'Its name', kind: 'positional', type: 'word' } as const;

const tabs: readonly SubcommandSpec[] = [
  { name: 'new', summary: 'Open another conversation beside this one', right: 'read', args: [name] },
  { name: 'list', summary: 'The conversations that are open here', right: 'read', args: [] },
  {
    name: 'switch',
    summary: 'Go to another conversation: its number or name',
    right: 'read',
    args: [{ ...name, summary: 'Its number or name', required: true, completes: 'conversation' }],
  },
  { name: 'close', summary: 'Leave this conversation; what runs in it goes on', right: 'read', args: [] },
];

const session: CommandSpec = {
  name: 'session',
  summary: 'Conversations side by side',
  right: 'read',
  args: [],
  subcommands: tabs,
  defaultSubcommand: 'list',
};

/** What the REPL adds to the commands of the registry. */
export const replOwnCommands: readonly CommandSpec[] = [
  session,
  {
    name: 'attach',
    summary: 'Send a file with the next message',
    right: 'read',
    args: [{ name: 'path', summary: 'The file', kind: 'positional', type: 'text', required: true, completes: 'file' }],
    subcommands: [],
  },
  { name: 'clear', summary: 'Clear the screen', right: 'read', args: [], subcommands: [] },
  { name: 'quit', summary: 'The same as /exit', right: 'read', args: [], subcommands: [] },
  { name: 'exit', summary: 'Leave; what runs goes on at the next start', right: 'read', args: [], subcommands: [] },
];

/** The commands that exist here: those of the registry, and those of the REPL itself, which go first where both have one. */
export function replCommands(commands: readonly CommandSpec[]): readonly CommandSpec[] {
  const names = new Set(replOwnCommands.map((spec) => spec.name));
  const others = commands.filter((spec) => !names.has(spec.name));
  const own = replOwnCommands.map((spec) =>
    spec === session ? merged(commands.find(({ name }) => name === session.name)) : spec,
  );
  return [...others, ...own].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function merged(theirs: CommandSpec | undefined): CommandSpec {
  if (theirs === undefined) return session;
  const names = new Set(tabs.map((one) => one.name));
  return { ...theirs, subcommands: [...tabs, ...theirs.subcommands.filter((one) => !names.has(one.name))] };
}

/** What a command means to the REPL itself; null for those of the registry. */
export function localAction(call: CommandCall): LocalAction | null {
  const text = (argument: string) => (typeof call.args[argument] === 'string' ? call.args[argument] : null);
  if (call.name === 'exit' || call.name === 'quit') return { type: 'leave' };
  if (call.name === 'clear') return { type: 'clear' };
  if (call.name === 'attach') return { type: 'attach', path: text('path') ?? '' };
  if (call.name === 'help' && text('command') === 'keys') return { type: 'keys' };
  if (call.name !== 'session') return null;
  if (call.subcommand === 'new') return { type: 'new-tab', name: text('name') };
  if (call.subcommand === 'switch') return { type: 'switch-tab', to: text('name') ?? '' };
  if (call.subcommand === 'close') return { type: 'close-tab' };
  return call.subcommand === 'list' ? { type: 'list-tabs' } : null;
}
