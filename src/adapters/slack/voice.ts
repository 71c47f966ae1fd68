import { escapeSlack } from '../../markdown/slack.ts';

/** Emoji that every workspace has, and that are told apart at a glance. */
const icons = [
  ...['owl', 'octopus', 'bee', 'whale', 'penguin', 'turtle', 'koala', 'frog'],
  ...['tiger', 'snail', 'elephant', 'dolphin', 'monkey_face', 'panda_face', 'crab', 'cactus'],
] as const;
const longestName = 80;

/** How an agent appears as the author of a message: its name, and an icon that is always the same one. */
export function voiceOf(agent: string): { readonly username: string; readonly icon_emoji: string } {
  const [name = agent] = agent.split('/');
  const sum = [...name.toLowerCase()].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  const shown = agent.replace(/[<>&\s]+/gu, ' ').trim();
  return { username: shown.slice(0, longestName), icon_emoji: `:${icons[sum % icons.length]}:` };
}

/** The line above what an agent says, where it may not appear as the author. */
export function voiceLine(agent: string): string {
  return `*${escapeSlack(agent).replaceAll('*', '')}*`;
}
