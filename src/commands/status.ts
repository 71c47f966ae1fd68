import type { ImmediateCommand } from './command.ts';
import { firstLine, table } from './table.ts';

/** `/status`: what is running, for whom, how long. */
export const status: ImmediateCommand = {
  kind: 'immediate',
  name: 'status',
  summary: 'Show what is running and waiting, for whom and how long',
  right: 'read',
  args: [],
  subcommands: [],
  changes: () => false,
  async run(context) {
    const { services } = context;
    const turns = services.turns.open(context, context.conversation);
    const instances = services.turns.instances();
    const rows = turns.map((turn) => [
      turn.turnId,
      turn.state,
      turn.by,
      since(turn.since, services.now()),
      agents(turn.asks),
      firstLine(turn.question, 60),
    ]);
    const head = `tutti ${services.version} · ${instances.map((one) => `${one.role} (pid ${one.pid})`).join(', ')}`;
    return {
      markdown: `${head}\n\n${table(['turn', 'state', 'by', 'for', 'agents', 'question'], rows, 'Nothing is running.')}`,
      data: { version: services.version, instances, turns },
    };
  },
};

function agents(
  asks: readonly { readonly agent: string; readonly status: string; readonly activity: string | null }[],
): string {
  return asks.map((ask) => `${ask.agent}: ${ask.activity ?? ask.status}`).join('; ');
}

function since(at: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(at).getTime()) / 1000));
  return seconds < 60
    ? `${seconds} s`
    : seconds < 3600
      ? `${Math.floor(seconds / 60)} m`
      : `${Math.floor(seconds / 3600)} h`;
}
