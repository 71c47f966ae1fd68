import { clean } from '../../clean.ts';
import type { Banner, BannerAgent, BannerUpdate } from './host.ts';
import type { Style } from './style.ts';
import { clip, column, widthOf, wrapWords } from './width.ts';

/** What stands above the first prompt: who is there, what decides, what to try; on a screen of so many cells. Ends with a newline. */
export function bannerText(banner: Banner, style: Style, width: number): string {
  const count = `${banner.agents.length} agent${banner.agents.length === 1 ? '' : 's'}`;
  const moderator = banner.moderator === null ? [] : [`moderator: ${clean(banner.moderator)}`];
  const room = width - 3;
  const [head = '', ...more] = wrapWords(['tutti', [banner.version, count, ...moderator].join(' · ')].join(' '), room);
  const help = 'Ask anything, or start with @name to talk to one agent. /help for commands.';
  const blocks = [
    [head.replace('tutti', style.bold), ...more],
    agentLines(banner.agents, style).map((line) => clip(line, room)),
    banner.notices.flatMap((notice) => wrapWords(clean(notice), room)),
    [...wrapWords(help, room), ...suggested(banner.suggestion, room).map(style.cyan)],
  ].filter((lines) => lines.length > 0);
  return `\n${blocks.map((lines) => lines.map((text) => `  ${text}`).join('\n')).join('\n\n')}\n\n`;
}

function suggested(suggestion: string | null, room: number): readonly string[] {
  return suggestion === null ? [] : wrapWords(`Try: ${clean(suggestion)}`, room);
}

/** With something more that has become known. */
export function updateBanner(banner: Banner, update: BannerUpdate): Banner {
  if (update.type === 'moderator') return { ...banner, moderator: update.moderator };
  const agents = banner.agents.map((agent) =>
    agent.name === update.name ? { ...agent, detail: update.detail } : agent,
  );
  return { ...banner, agents };
}

/** At most so many agents stand in the banner; `/agents` lists them all. */
const most = 12;

function agentLines(agents: readonly BannerAgent[], style: Style): readonly string[] {
  const shown = agents.slice(0, most);
  const names = Math.max(0, ...shown.map(({ name }) => widthOf(name))) + 1;
  const directories = Math.min(48, Math.max(0, ...shown.map(({ directory }) => widthOf(directory))));
  const providers = Math.max(0, ...shown.map(({ provider }) => widthOf(provider)));
  const lines = shown.map((agent) =>
    [
      style.cyan(column(`@${clean(agent.name)}`, names)),
      column(clean(agent.directory), directories),
      column(clean(agent.provider), providers),
      style.dim(clean(agent.detail ?? '')),
    ]
      .join('  ')
      .trimEnd(),
  );
  return agents.length > most ? [...lines, style.dim(`and ${agents.length - most} more: /agents`)] : lines;
}
