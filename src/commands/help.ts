import { commandHelp, overview } from '../adapters/help.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { textOf } from './arguments.ts';
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
    const commands = services.commands().filter((command) => command.surfaces?.includes(place.surface) ?? true);
    const name = textOf(args, 'command')?.replace(/^[/!]/, '') ?? null;
    if (name === null) return { markdown: literal(overview(commands)), data: { commands } };
    const command = commands.find((one) => one.name === name.toLowerCase());
    if (command === undefined) {
      const near = nearest(
        name,
        commands.map((one) => one.name),
      );
      throw new UserError('usage', `There is no command "${name}".`, {
        hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : '/help lists all of them.',
        exit: 2,
      });
    }
    return { markdown: literal(commandHelp(command, { prefix: '/' })), data: { commands: [command] } };
  },
};

/** Aligned text that keeps its columns. */
function literal(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}
