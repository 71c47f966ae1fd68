import { dirname } from 'node:path';
import type { Turn } from './provider.ts';

/** The directories in which the turn's attachments lie: outside of the agent's own, so that CLIs have to be told of them. */
export function attachmentFolders(turn: Turn): readonly string[] {
  return [...new Set(turn.attachments.map(({ path }) => dirname(path)))];
}

/** The prompt with the attachments in the form `@path`, by which some CLIs put files into it. */
export function withMentions(turn: Turn): string {
  const mentions = turn.attachments.map(({ path }) => `@${path.replace(/[\\\s,;!?()[\]{}'"]/g, '\\$&')}`);
  return [turn.prompt, ...mentions].join('\n');
}
