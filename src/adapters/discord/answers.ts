import { type REST, Routes } from 'discord.js';
import type { OutboxPart, Receipt, Reply, ReplyAddress, SharedHost, SurfaceRecords, TurnEvent } from '../adapter.ts';
import type { Pacer } from '../pacer.ts';
import type { Rendered } from '../render.ts';
import { mayRetry } from '../retry.ts';
import { closeLeft, createStatusMessage, type StatusRecord } from '../status-message.ts';
import type { Threads } from '../threads.ts';
import { createTurns } from '../turns.ts';
import { fields } from '../untyped.ts';
import { type DiscordAddress, readAddress } from './address.ts';
import { pressRows, retryButton } from './buttons.ts';
import type { Forum, PostState } from './forum.ts';
import { outcomeOf } from './outcome.ts';
import { mentionsOf, type Piece, type Posting } from './posting.ts';
import { discordStyle, renderBeginning, renderInstead, renderPart } from './render.ts';
import type { Responses } from './responses.ts';
import type { Room, Rooms } from './rooms.ts';
import { renewMs, statusEdits, statusPort } from './status-message.ts';
import type { Whisper } from './whisper.ts';

export interface AnswersOptions {
  readonly rest: REST;
  readonly application: string;
  readonly posting: Posting;
  readonly pacer: Pacer;
  readonly rooms: Rooms;
  readonly forum: Forum;
  readonly threads: Threads;
  readonly whisper: Pick<Whisper, 'direct'>;
  readonly responses: Pick<Responses, 'say'>;
  readonly host: SharedHost;
  /** Conversations by the messages that answered in them. */
  readonly answered: SurfaceRecords<string>;
  /** Whether messages without a mention are heard. */
  readonly readsContent: boolean;
  clock(): number;
  now(): Date;
}

/** What a turn shows and says on Discord: its status, its agents' voices, and its answer. */
export interface Answers {
  reply(to: ReplyAddress): Reply;
  /** Closes statuses that a dead process left open, once it is clear which turns go on. */
  tidy(): Promise<void>;
}

const keptMs = 30 * 86_400_000;
const notHere = 'Only you see this: I may not post in this channel.';
const howToGoOn = 'To go on, reply to this message or mention me: I cannot read other messages here.';

export function createAnswers(options: AnswersOptions): Answers {
  const { rest, posting, pacer, rooms, forum, threads, whisper, responses, host } = options;
  const records = host.records<StatusRecord>('status');
  // Those of other applications are kept in the same place.
  const ours = `${options.application}:`;
  const turns = createTurns<DiscordAddress>({
    clock: options.clock,
    status: (address) =>
      createStatusMessage({
        port: statusPort(rest, posting, {
          ...laneOf(address),
          conversation: address.conversation,
          room: () => rooms.of(address),
        }),
        pacer,
        records,
        key: `${ours}${address.id}`,
        renewMs,
        now: () => options.now().getTime(),
      }),
    voice: speak,
  });

  function placeOf(address: DiscordAddress): Pick<Piece, 'lane' | 'place' | 'since'> {
    return { ...laneOf(address), place: async () => (await rooms.of(address)) ?? undefined };
  }

  async function speak(address: DiscordAddress, agent: string, round: number, markdown: string): Promise<void> {
    const text = await renderBeginning(markdown);
    if (text === '') return;
    const id = `voice-${address.id}-${round}-${agent}`;
    posting.post({ ...placeOf(address), id, text, username: agent, notify: null, again: false }).catch(() => undefined);
  }

  function progress(address: DiscordAddress, event: TurnEvent): void {
    // What only one person sees has no status and no voices.
    if (address.respond !== null || address.pressed !== null) return;
    turns.event(address, event);
    if (event.type === 'ask_start') forum.mark(address.thread, 'running');
  }

  async function post(address: DiscordAddress, part: OutboxPart): Promise<Receipt> {
    if (address.respond !== null && (await respond(address, address.respond, part))) return { platformId: null };
    if (address.pressed !== null && part.kind === 'error' && (await respond(address, address.fallback, part)))
      return { platformId: null };
    if (address.pressed !== null && part.replaces === true && (await replace(address, address.pressed, part)))
      return { platformId: address.pressed };
    const room = await rooms.of(address);
    await turns.close(address, part);
    const pieces = room === null ? [] : await piecesOf(address, part, room);
    const posted = await Promise.all(pieces.map((piece) => posting.post(piece)));
    rooms.forget(address);
    const isShut = pieces.length > 0 && posted.every((id) => id === null);
    if (room === null || isShut) {
      if (!(await respond(address, address.fallback, part, [notHere]))) await respondDirectly(address, part, [notHere]);
      return { platformId: null };
    }
    if (pieces.some(({ file }, index) => file !== undefined && posted[index] === null))
      await postInstead(address, part, room, pieces[0]?.text ?? '');
    await ended(address, part, room, posted);
    return { platformId: posted.find((id) => id !== null) ?? null };
  }

  async function ended(
    address: DiscordAddress,
    part: OutboxPart,
    room: Room,
    posted: readonly (string | null)[],
  ): Promise<void> {
    if (part.kind !== 'command') {
      forum.mark(address.thread, stateOf(part));
      if (room.parent !== null) await threads.answered(room.channel);
    }
    // Outside its thread a conversation is known only by what is replied to.
    if (room.guild === null) return;
    for (const id of posted) if (id !== null) await options.answered.set(id, address.conversation, { ttl: keptMs });
  }

  async function piecesOf(address: DiscordAddress, part: OutboxPart, room: Room): Promise<readonly Piece[]> {
    const notify = notifiedBy(address, part, room);
    const { messages, file } = await renderPart(part, { mention: notify, signal: host.ending });
    const hint = (await needsHint(address, room)) ? [discordStyle.aside(howToGoOn)] : [];
    const common = { ...placeOf(address), again: part.again, beside: true } as const;
    const texts = [...messages, ...hint].map((text, index, all) => ({
      ...common,
      id: `${part.id}-${index}`,
      text,
      notify: index === 0 ? notify : null,
      ...(index === all.length - 1 ? componentsOf(part, address) : {}),
    }));
    return file === null ? texts : [...texts, { ...common, id: `${part.id}-file`, text: '', notify: null, file }];
  }

  /** Where files are not taken, the text goes on in messages: it must not end where the file should have begun. */
  async function postInstead(address: DiscordAddress, part: OutboxPart, room: Room, begun: string): Promise<void> {
    const mention = notifiedBy(address, part, room);
    const messages = await renderInstead(part, begun, { mention, signal: host.ending });
    const common = { ...placeOf(address), again: part.again, beside: true, notify: null } as const;
    const pieces = messages.map((text, index) => ({ ...common, id: `${part.id}-instead-${index}`, text }));
    await Promise.all(pieces.map((piece) => posting.post(piece)));
  }

  /** Where we hear mentions only, the first answer in a thread says so. */
  async function needsHint({ conversation }: DiscordAddress, room: Room): Promise<boolean> {
    if (options.readsContent || room.parent === null) return false;
    const thread = await threads.get(room.channel);
    return (thread?.taken.length ?? 0) <= 1 && (thread?.conversation ?? conversation) === conversation;
  }

  /** Puts it where the button was pressed; false where that message is gone. */
  async function replace({ thread, channel }: DiscordAddress, message: string, part: OutboxPart): Promise<boolean> {
    const { messages } = await renderPart(part, { mention: null, signal: host.ending });
    const body = { content: messages[0] ?? '', components: [], allowed_mentions: mentionsOf(null) };
    try {
      await rest.patch(Routes.channelMessage(thread ?? channel, message), { body });
      return true;
    } catch (error) {
      // What is not refused is tried again by whoever delivers.
      if (outcomeOf(error).kind !== 'refused') throw error;
      return false;
    }
  }

  /** For the person who asked alone. Nothing can be looked up there, so after a crash it may come twice. */
  async function respond(
    address: DiscordAddress,
    token: string | null,
    part: OutboxPart,
    notes: readonly string[] = [],
  ): Promise<boolean> {
    if (token === null) return false;
    const interaction = { token, at: address.at };
    const { messages, file } = await privately(part, notes);
    const [first = '', ...others] = messages;
    if (!(await responses.say(interaction, first))) return false;
    for (const text of others) await responses.say(interaction, text);
    if (file !== null) await responses.say(interaction, '', file);
    return true;
  }

  /** Where nothing can be posted in the channel, and the interaction is over. */
  async function respondDirectly({ user }: DiscordAddress, part: OutboxPart, notes: readonly string[]): Promise<void> {
    const { messages, file } = await privately(part, notes);
    for (const text of messages) await whisper.direct(user, text);
    if (file !== null) await whisper.direct(user, '', file);
  }

  async function privately(part: OutboxPart, notes: readonly string[]): Promise<Rendered> {
    const rendered = await renderPart(part, { mention: null, signal: host.ending });
    return { ...rendered, messages: [...rendered.messages, ...notes] };
  }

  return {
    tidy: () =>
      closeLeft(
        { port: statusEdits(rest, ''), records },
        (key) => !key.startsWith(ours) || turns.has(key.slice(ours.length)),
      ),
    reply(to) {
      const address = readAddress(to);
      return { progress: (event) => progress(address, event), post: (part) => post(address, part) };
    },
  };
}

/** All that is said of a conversation is said in order. */
function laneOf({ conversation, at }: DiscordAddress): Pick<Piece, 'lane' | 'since'> {
  return { lane: conversation, since: at };
}

/** Whom a part is for, where others are too. */
function notifiedBy({ respond, user }: DiscordAddress, { kind }: OutboxPart, room: Room): string | null {
  return room.guild !== null && (kind !== 'command' || respond !== null) ? user : null;
}

/** What may be pressed under a part. */
function componentsOf(part: OutboxPart, { conversation }: DiscordAddress): Pick<Piece, 'components'> {
  const rows = [
    ...(part.buttons === undefined ? [] : pressRows(part.buttons)),
    ...(mayRetry(part) ? retryButton(conversation) : []),
  ];
  return rows.length === 0 ? {} : { components: rows };
}

/** How a conversation stands after its answer; null where it waits for somebody, or was stopped. */
function stateOf({ data }: OutboxPart): PostState | null {
  const { status = 'failed' } = fields(data);
  if (status === 'answered' || status === 'partial') return 'done';
  return status === 'failed' || status === 'timed-out' ? 'failed' : null;
}
