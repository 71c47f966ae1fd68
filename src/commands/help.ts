import { commandHelp, describeCommands, overview } from '../adapters/help.ts';
import { textOf } from './arguments.ts';
import { namedCommand } from './call.ts';
import type { ImmediateCommand } from './command.ts';

/** `/help`: what can be typed, from the same declarations that everything else reads. */
export const help: ImmediateCommand = {
  kind: 'immediate',
  name: 'help',
  summary: 'Show what can be typed',
  right: 'read',
  args: [{ name: 'command', summary: 'A command to explain', kind: 'positional', type: 'word', completes: 'command' }],
  subcommands: [],
  changes: () => false,
  async run({ services, place, args }) {
    const commands = services
      .commands()
      .filter((command) => command.surfaces?.includes(place.surface) ?? true)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const name = textOf(args, 'command')?.replace(/^[/!]/, '') ?? null;
    if (name === null) return { markdown: literal(overview(commands)), data: { commands: describeCommands(commands) } };
    const command = namedCommand(name, commands);
    return {
      markdown: literal(commandHelp(command, { prefix: '/' })),
      data: { commands: describeCommands([command]) },
    };
  },
};

/** Aligned text that keeps its columns. */
function literal(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}
