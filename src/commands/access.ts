import { bareName, requiredText } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import { table } from './table.ts';

/** `/access`: the rules, and what they allow a person. They change only in the configuration file. */
export const access: ImmediateCommand = {
  kind: 'immediate',
  name: 'access',
  summary: 'Show who may do what, and which rule says so',
  right: 'read',
  args: [],
  defaultSubcommand: 'list',
  subcommands: [
    { name: 'list', summary: 'The rules of the configuration', right: 'admin', args: [] },
    {
      name: 'check',
      summary: 'What a person may do, and which rule allows it',
      right: 'admin',
      args: [
        { name: 'user', summary: "The person's id on the platform", kind: 'positional', type: 'word', required: true },
      ],
    },
  ],
  changes: () => false,
  async run(context) {
    return context.subcommand === 'check' ? check(context) : list(context);
  },
};

function list({ services }: CommandContext): Outbound {
  const rules = services.rights.rules();
  const lines = rules.map((rule, index) => `${index + 1}. ${rule}`);
  const none =
    "There is no rule: on shared surfaces nobody may do anything. The terminal is the machine's user and may do everything.";
  return { markdown: lines.length === 0 ? none : lines.join('\n'), data: { rules } };
}

async function check({ services, args }: CommandContext): Promise<Outbound> {
  const user = bareName(requiredText(args, 'user'));
  const allowed = await services.rights.check(user);
  const rows = allowed.map((grant) => [grant.right, `@${grant.agent}`, String(grant.rule)]);
  return {
    markdown: table(['right', 'agent', 'rule'], rows, `No rule allows ${user} anything.`),
    data: { user, allowed },
  };
}
