import type { Usage } from '../usage.ts';
import { timeOf } from './arguments.ts';
import type { ImmediateCommand } from './command.ts';
import { table } from './table.ts';

/** `/usage`: tokens and cost per agent, person and day, and how far budgets are used. */
export const usage: ImmediateCommand = {
  kind: 'immediate',
  name: 'usage',
  summary: 'Show tokens and cost, and how far budgets are used',
  right: 'read',
  args: [{ name: 'since', summary: 'From this time on: ISO, or 2h, 7d', kind: 'option', type: 'word' }],
  subcommands: [],
  changes: () => false,
  async run(context) {
    const { services, args } = context;
    const report = await services.usage(context, context.conversation, timeOf(args, 'since', services.now()));
    const sections = [
      section(
        'Agents',
        report.agents.map(({ agent, usage: used }) => [`@${agent}`, ...figures(used)]),
      ),
      section(
        'Persons',
        report.persons.map(({ person, usage: used }) => [person, ...figures(used)]),
      ),
      section(
        'Days',
        report.days.map(({ day, usage: used }) => [day, ...figures(used)]),
      ),
      budgets(report.budgets),
    ];
    const total = report.total === null ? 'Nothing was used yet.' : `Total: ${figures(report.total).join(' · ')}`;
    return { markdown: [total, ...sections.filter((text) => text !== null)].join('\n\n'), data: report };
  },
};

const heads = ['', 'input', 'output', 'cost'];

function section(title: string, rows: readonly (readonly string[])[]): string | null {
  return rows.length === 0 ? null : `**${title}**\n\n${table(heads, rows, '')}`;
}

function figures(used: Usage): readonly string[] {
  return [
    `${used.inputTokens} in`,
    `${used.outputTokens} out`,
    used.costUsd === null ? 'cost unknown' : `$${used.costUsd.toFixed(2)}`,
  ];
}

function budgets(
  all: readonly {
    readonly name: string;
    readonly usd: number | null;
    readonly tokens: number | null;
    readonly used: Usage | null;
  }[],
): string | null {
  const rows = all.map(({ name, usd, tokens, used }) => [
    name,
    usd === null ? '' : `$${(used?.costUsd ?? 0).toFixed(2)} of $${usd.toFixed(2)}`,
    tokens === null ? '' : `${used === null ? 0 : used.inputTokens + used.outputTokens} of ${tokens} tokens`,
  ]);
  return rows.length === 0 ? null : `**Budgets**\n\n${table(['budget', 'money', 'tokens'], rows, '')}`;
}
