import {
  directPath,
  type Mention,
  type MentionProblem,
  type MentionTargets,
  readMentions,
} from '../markdown/mentions.ts';
import type { Addressed } from './plan.ts';

/** Whom a message names: agents (with their worktrees' branches), groups, everyone; or what has to be asked back. */
export async function addressedIn(markdown: string, targets: MentionTargets): Promise<Addressed> {
  const found = await readMentions(markdown, targets);
  const direct = directPath(markdown, found);
  return {
    names: found.mentions.filter((mention) => mention.kind !== 'all').map(written),
    everyone: found.mentions.some((mention) => mention.kind === 'all'),
    direct: direct === null ? null : { name: written(direct), text: direct.question },
    unclear: found.problems.length === 0 ? null : found.problems.map(askBack).join(' '),
  };
}

function written({ name, branch }: Pick<Mention, 'name' | 'branch'>): string {
  return branch === null ? name : `${name}/${branch}`;
}

function askBack({ kind, written: name, nearest }: MentionProblem): string {
  const choices = nearest.map((near) => `@${near}`).join(', ');
  if (kind === 'ambiguous') return `@${name} may be ${choices}: which one?`;
  if (kind === 'no-worktree') {
    return choices === ''
      ? `There is no worktree @${name}, and none at all for that agent.`
      : `There is no worktree @${name}. There are: ${choices}.`;
  }
  return `There is no @${name}. Did you mean ${choices}?`;
}
