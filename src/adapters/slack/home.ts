import type { KnownBlock, View } from '@slack/web-api';
import { escapeSlack } from '../../markdown/slack.ts';
import type { Author, Choice, SharedHost } from '../adapter.ts';
import { overview } from '../help.ts';
import { placeOf } from './hear.ts';
import type { Identity } from './web.ts';

const longest = 2_900;

/** The app's own page: what runs, whom one can ask, how to ask. Only what this person may see. */
export async function homeView(
  host: Pick<SharedHost, 'complete' | 'commands' | 'may' | 'recent'>,
  { team, userId }: Pick<Identity, 'team' | 'userId'>,
  author: Author,
  channel: string,
): Promise<View> {
  const place = placeOf(team, channel, null, { direct: true, private: true });
  const may = host.may(place, author, 'read');
  const [recent, turns, agents] = may
    ? await Promise.all([
        host.recent(place, author),
        host.complete('turn', '', place, author),
        host.complete('agent', '', place, author),
      ])
    : [[], [], []];
  return {
    type: 'home',
    blocks: [
      ...section('Running now', turns.length === 0 ? 'Nothing that you may see.' : list(turns)),
      ...section('Lately', recent.length === 0 ? 'Nothing that you may see.' : list(recent)),
      ...section('Agents', agents.length === 0 ? 'None that you may ask here.' : list(agents, '@')),
      ...section(
        'How to ask',
        may
          ? `Mention <@${userId}> in a channel, or write here under Messages. Begin with @name to ask one agent. Follow-ups in the thread need no mention.`
          : 'You may not ask anybody yet: whoever keeps the configuration can add a rule for you under "access".',
      ),
      ...section('Commands', `\`\`\`\n${escapeSlack(overview(host.commands)).slice(0, longest - 10)}\n\`\`\``),
    ],
  };
}

function section(title: string, body: string): readonly KnownBlock[] {
  return [
    { type: 'header', text: { type: 'plain_text', text: title } },
    { type: 'section', text: { type: 'mrkdwn', text: body.slice(0, longest) } },
  ];
}

function list(choices: readonly Choice[], sigil = ''): string {
  return choices
    .map(
      ({ value, summary }) => `• *${escapeSlack(sigil + value)}*${summary === '' ? '' : `  ${escapeSlack(summary)}`}`,
    )
    .join('\n')
    .slice(0, longest);
}
