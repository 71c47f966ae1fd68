import { MessageFlags, type REST, Routes } from 'discord.js';
import { escapeDiscord } from '../../markdown/discord.ts';
import type { Outcome } from '../outcome.ts';
import { cut } from '../render.ts';
import type { StatusPort } from '../status-message.ts';
import type { StatusView } from '../turn-display.ts';
import { stopButton } from './buttons.ts';
import { isRefusedFor, outcomeOf } from './outcome.ts';
import { mentionsOf, type Piece, type Posting } from './posting.ts';
import { discordStyle } from './render.ts';
import type { Room } from './rooms.ts';

/** Discord takes few edits of messages that are older than an hour: a little before, another goes on. */
export const renewMs = 55 * 60_000;

/** An archived thread is opened again by the answer that follows. */
const archivedMs = 2_000;

/** How a status message is edited on Discord. */
export function statusEdits(rest: REST, conversation: string): Pick<StatusPort, 'edit' | 'remove' | 'outcomeOf'> {
  return {
    async edit({ channel, ts }, view) {
      const body = {
        ...contentOf(view, conversation),
        allowed_mentions: mentionsOf(null),
        flags: MessageFlags.SuppressEmbeds,
      };
      await rest.patch(Routes.channelMessage(channel, ts), { body });
    },
    async remove({ channel, ts }) {
      await rest.delete(Routes.channelMessage(channel, ts));
    },
    outcomeOf: editOutcome,
  };
}

/** The status message of one turn, in the room of it. */
export function statusPort(
  rest: REST,
  posting: Posting,
  {
    room,
    conversation,
    ...place
  }: Pick<Piece, 'lane' | 'since'> & {
    readonly conversation: string;
    room(): Promise<Room | null>;
  },
): StatusPort {
  return {
    ...statusEdits(rest, conversation),
    async post(view, { part, again }) {
      const { content, components } = contentOf(view, conversation);
      const find = async () => (await room()) ?? undefined;
      const ts = await posting.post({
        ...place,
        id: part,
        place: find,
        text: content,
        components,
        notify: null,
        again,
      });
      const channel = (await room())?.channel;
      return ts === null || channel === undefined ? null : { channel, ts };
    },
  };
}

/** A view as Discord shows it: the lines, and a button to stop while there is something to stop. */
export function contentOf(
  view: StatusView,
  conversation: string,
): { readonly content: string; readonly components: readonly unknown[] } {
  const head = `**${escapeDiscord(view.head)}**`;
  const rows = view.rows.map((row) => `${row.mark} ${escapeDiscord(row.agent)}  ${escapeDiscord(row.text)}`);
  const content = cut([head, ...rows].join('\n'), 2_000, discordStyle);
  return { content, components: view.closed ? [] : stopButton(view.turnId, conversation) };
}

function editOutcome(error: unknown): Outcome {
  return isRefusedFor(error, 'archivedThread') ? { kind: 'limited', afterMs: archivedMs } : outcomeOf(error);
}
