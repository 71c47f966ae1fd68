import { clean } from '../../clean.ts';
import { duration, shortNumber } from '../../format.ts';
import type { Usage } from '../../usage.ts';
import type { AgentProgress, TurnProgress } from '../progress.ts';
import { failureText, headLine, oneLine } from '../status.ts';
import type { Style } from './style.ts';
import { clip, column, widthOf, wrapWords } from './width.ts';

export interface StatusView {
  readonly style: Style;
  /** Cells of a line. */
  readonly width: number;
  /** Monotonic milliseconds: for how long agents work, and which frame of the spinner is shown. */
  readonly now: number;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** The lines that show a running turn: the round and why (unless that stands there already), then one line for each agent. */
export function statusLines(
  progress: TurnProgress,
  view: StatusView,
  options: { readonly head: boolean } = { head: true },
): readonly string[] {
  const head = options.head ? headLine(progress) : null;
  const agents = progress.agents.map((agent) => agentLine(agent, columnsFor(progress, view), view));
  const lines = [
    ...(head === null ? [] : [view.style.dim(head)]),
    ...agents,
    ...(progress.concluding && progress.round > 0 ? [`${spinner(view)} ${view.style.dim('writing the answer')}`] : []),
  ];
  return lines.map((line) => clip(`  ${line}`, view.width));
}

interface Columns {
  readonly name: number;
  readonly activity: number;
  /** What is left for tokens behind all others. */
  readonly tokens: number;
}

/** In fewer cells nobody reads what an agent does. */
const leastActivity = 8;
/** Indent, mark and the gap behind the name; a time and the gap before it; "12.4k in · 10.9k out" and the gap before that. */
const around = 6;
const timed = 9;
const counted = 23;

/** Names and activities stand in columns; on a narrow terminal the activity gives way first, then the tokens, which are never cut. */
function columnsFor(progress: TurnProgress, view: StatusView): Columns {
  const longest = Math.max(8, ...progress.agents.map(({ agent }) => widthOf(agent)));
  const name = Math.min(longest, 24, Math.max(4, Math.floor(view.width / 3)));
  const room = Math.min(48, view.width - name - around - timed - counted);
  const activity = room < leastActivity ? 0 : room;
  return { name, activity, tokens: view.width - name - around - timed - activity - tokenGap.length };
}

const tokenGap = '   ';

/** How an agent ended that did not answer, as lines that stay: all of it, for it says what to do. */
export function failureLines(agent: AgentProgress, progress: TurnProgress, view: StatusView): readonly string[] {
  const { name } = columnsFor(progress, view);
  const indent = name + 6;
  const [first = '', ...more] = wrapWords(failureText(agent), view.width - indent);
  return [
    `  ${view.style.red('✗')} ${column(clean(agent.agent), name)}  ${first}`,
    ...more.map((line) => ' '.repeat(indent) + line),
  ];
}

function agentLine(agent: AgentProgress, columns: Columns, view: StatusView): string {
  const { style } = view;
  const name = column(clean(agent.agent), columns.name);
  if (agent.state === 'waits') {
    const waits = agent.waitsFor.length === 0 ? 'waits' : `waits for ${agent.waitsFor.join(', ')}`;
    return `${style.dim('○')} ${name}  ${style.dim(waits)}`;
  }
  if (agent.state === 'works') {
    const since = agent.startedAt === null ? '' : shortDuration(view.now - agent.startedAt);
    const tokens = agent.tokens === null ? '' : `${shortNumber(agent.tokens)} tokens`;
    const activity = oneLine(agent.activity ?? 'working');
    return `${spinner(view)} ${name}  ${table([activity, since, tokens], columns)}`;
  }
  if (agent.state === 'answered') {
    const spent = agent.durationMs === null ? '' : duration(agent.durationMs);
    return `${style.green('✓')} ${name}  ${table(['answered', spent, usageText(agent.usage)], columns)}`;
  }
  return `${style.red('✗')} ${name}  ${failureText(agent)}`;
}

function table(cells: readonly [string, string, string], columns: Columns): string {
  const [activity, time, tokens] = cells;
  const first = columns.activity === 0 ? '' : `${column(activity, columns.activity)} `;
  const last = tokens === '' || widthOf(tokens) > columns.tokens ? '' : `${tokenGap}${tokens}`;
  return `${first}${time.padStart(8)}${last}`.trimEnd();
}

/** While something runs, tenths of a second would only flicker. */
function shortDuration(ms: number): string {
  return ms < 10_000 ? `${Math.floor(ms / 1000)} s` : duration(ms);
}

function usageText(usage: Usage | null): string {
  if (usage === null || usage.inputTokens + usage.outputTokens === 0) return '';
  return `${shortNumber(usage.inputTokens)} in · ${shortNumber(usage.outputTokens)} out`;
}

function spinner(view: StatusView): string {
  return view.style.cyan(frames[Math.floor(view.now / 100) % frames.length] ?? frames[0]);
}
