import type { ImmediateCommand } from './command.ts';

/** `/doctor`: what is installed, signed in, reachable, allowed; what to do where it is not. */
export const doctor: ImmediateCommand = {
  kind: 'immediate',
  name: 'doctor',
  summary: 'Check what is installed, signed in, reachable and allowed',
  right: 'read',
  args: [],
  subcommands: [],
  changes: () => false,
  async run({ services }) {
    const report = await services.doctor();
    const lines = report.checks.map((check) => {
      const mark = check.status === 'ok' ? '✓' : check.status === 'missing' ? '○' : '✗';
      return `- ${mark} ${check.name}: ${check.detail}${check.hint === null ? '' : ` · ${check.hint}`}`;
    });
    const head = report.ok ? 'Everything that is configured can work.' : 'Something that is configured cannot work.';
    return {
      markdown: [`tutti ${report.version} · node ${report.node}`, '', ...lines, '', head].join('\n'),
      data: report,
      exit: report.ok ? 0 : 1,
    };
  },
};
