import type { KnownBlock, WebClient } from '@slack/web-api';
import { escapeSlack, findSlackTables } from '../../markdown/slack.ts';
import type { OutboxPart, Receipt, Reply, ReplyAddress, SharedHost, TurnEvent } from '../adapter.ts';
import type { Pacer } from '../pacer.ts';
import { type PostedRecord, postedOnce } from '../posted-once.ts';
import { mayRetry } from '../retry.ts';
import { closeLeft, createStatusMessage, type StatusRecord } from '../status-message.ts';
import type { Threads } from '../threads.ts';
import { createTurns } from '../turns.ts';
import { readAddress, type SlackAddress, threadKey } from './address.ts';
import { outcomeOf } from './outcome.ts';
import type { Piece, Posting } from './posting.ts';
import { pressBlock, retryBlock, section } from './press-blocks.ts';
import { renderBeginning, renderInstead, renderPart } from './render.ts';
import { statusEdits, statusPort } from './status-message.ts';
import { tableBlocks } from './table-blocks.ts';
import type { Whisper } from './whisper.ts';

export interface AnswersOptions {
  readonly client: WebClient;
  readonly team: string;
  readonly posting: Posting;
  readonly pacer: Pacer;
  readonly threads: Threads;
  readonly whisper: Whisper;
  readonly host: SharedHost;
  clock(): number;
}

/** What a turn shows and says on Slack: its status, its agents' voices, and its answer. */
export interface Answers {
  reply(to: ReplyAddress): Reply;
  /** Closes statuses that a dead process left open, once it is clear which turns go on. */
  tidy(): Promise<void>;
  /** Of the messages whose turns are shown now. */
  running(): readonly string[];
}

const notHere = 'Only you see this: I cannot post in this channel. /invite me, then everybody will.';

export function createAnswers(options: AnswersOptions): Answers {
  const { client, team, posting, pacer, threads, whisper, host, clock } = options;
  const roots = new Map<string, Promise<string | null>>();
  const announced = host.records<PostedRecord>('announced');
  const records = host.records<StatusRecord>('status');
  const turns = createTurns<SlackAddress>({
    clock,
    status: (address) =>
      createStatusMessage({
        port: statusPort(client, posting, { ...placeOf(address), conversation: address.conversation }),
        pacer,
        records,
        key: address.id,
        now: Date.now,
      }),
    voice: speak,
  });

  function placeOf(address: SlackAddress): Pick<Piece, 'lane' | 'place' | 'since'> {
    const place = async () => (await threadOf(address)) ?? undefined;
    return { lane: address.channel, place, since: address.at };
  }

  /** The thread that answers stand in; a question that stands nowhere yet is announced, and its message is the thread. */
  function threadOf(address: SlackAddress): Promise<string | null> {
    return address.thread === null ? (roots.get(address.id) ?? Promise.resolve(null)) : Promise.resolve(address.thread);
  }

  /** Begun before anything is posted of a turn, so that it stands first in the channel's lane. */
  function announce(address: SlackAddress): void {
    if (address.announce === null || roots.has(address.id)) return;
    const work = announceOnce(address, address.announce);
    roots.set(address.id, work);
    work.catch(() => roots.delete(address.id));
  }

  async function announceOnce(address: SlackAddress, question: string): Promise<string | null> {
    const who = address.user === null ? 'Somebody' : `<@${address.user}>`;
    const ts = await postedOnce(announced, address.id, (again) =>
      posting.post({
        id: `asked-${address.id}`,
        lane: address.channel,
        place: async () => address.thread,
        text: `${who} asks: ${escapeSlack(question)
          .slice(0, 3000)
          .replace(/&[a-z]*$/, '')}`,
        again,
        since: address.at,
      }),
    );
    if (ts !== null && address.thread === null)
      await threads.taken(threadKey(address.team, address.channel, ts), address.conversation, ts);
    return ts;
  }

  async function speak(address: SlackAddress, agent: string, round: number, markdown: string): Promise<void> {
    const text = await renderBeginning(markdown);
    if (text === '') return;
    const id = `voice-${address.id}-${round}-${agent}`;
    const [piece] = await withTables([{ ...placeOf(address), id, text, username: agent, again: false }], markdown);
    if (piece !== undefined) posting.post(piece).catch(() => undefined);
  }

  function progress(address: SlackAddress, event: TurnEvent): void {
    // What only one person sees has no status and no voices.
    if (address.respond !== null || address.pressed !== null) return;
    if (event.type === 'queued' || event.type === 'decision' || event.type === 'ask_start') announce(address);
    turns.event(address, event);
  }

  async function post(address: SlackAddress, part: OutboxPart): Promise<Receipt> {
    if (address.respond !== null) return respond(address, address.respond, part);
    if (address.pressed !== null && part.kind === 'error') return respond(address, address.fallback, part);
    if (address.pressed !== null && part.replaces === true && (await replace(address, address.pressed, part)))
      return { platformId: address.pressed };
    announce(address);
    const thread = await threadOf(address);
    await turns.close(address, part);
    const pieces = thread === null ? [] : await piecesOf(address, part);
    const posted = await Promise.all(pieces.map((piece) => posting.post(piece)));
    roots.delete(address.id);
    const isShut = pieces.length > 0 && posted.every((ts) => ts === null);
    if (thread === null || isShut) return respond(address, address.fallback, part, [notHere]);
    if (pieces.some(({ file }, index) => file !== undefined && posted[index] === null))
      await postInstead(address, part, pieces[0]?.text ?? '');
    if (part.kind !== 'command') await threads.answered(threadKey(address.team, address.channel, thread));
    return { platformId: posted.find((ts, index) => ts !== null && pieces[index]?.file === undefined) ?? null };
  }

  /** Where files are not taken, the text goes on in messages: it must not end where the file should have begun. */
  async function postInstead(address: SlackAddress, part: OutboxPart, begun: string): Promise<void> {
    const mention = part.kind === 'command' ? null : address.user;
    const isShort = controlsOf(part, address).length > 0;
    const messages = await renderInstead(part, begun, { mention, isShort, signal: host.ending });
    const common = { ...placeOf(address), again: part.again };
    const pieces = messages.map((text, index) => ({ ...common, id: `${part.id}-instead-${index}`, text }));
    await Promise.all(pieces.map((piece) => posting.post(piece)));
  }

  async function piecesOf(address: SlackAddress, part: OutboxPart): Promise<readonly Piece[]> {
    const mention = part.kind === 'command' ? null : address.user;
    const controls = controlsOf(part, address);
    const isShort = controls.length > 0;
    const { messages, file } = await renderPart(part, { mention, isShort, signal: host.ending });
    const common = { ...placeOf(address), again: part.again };
    const texts = await withTables(
      messages.map((text, index) => ({ ...common, id: `${part.id}-${index}`, text })),
      part.verbatim === undefined ? part.markdown : '',
    );
    const shown = isShort ? underLast(texts, controls) : texts;
    return file === null ? shown : [...shown, { ...common, id: `${part.id}-file`, text: '', file }];
  }

  /** Puts it where the button was pressed; false where that message is gone. */
  async function replace({ channel }: SlackAddress, ts: string, part: OutboxPart): Promise<boolean> {
    const { messages } = await renderPart(part, { mention: null, isShort: true, signal: host.ending });
    const [text = ''] = messages;
    try {
      await client.chat.update({ channel, ts, text, blocks: [section(text)] });
      return true;
    } catch (error) {
      // What is not refused is tried again by whoever delivers.
      if (outcomeOf(error).kind !== 'refused') throw error;
      return false;
    }
  }

  /** Tables as Slack's own, where it takes them. */
  async function withTables(pieces: readonly Piece[], markdown: string): Promise<readonly Piece[]> {
    if (!markdown.includes('|')) return pieces;
    const tables = await findSlackTables(markdown, host.ending);
    return pieces.map((piece) => {
      const blocks = tableBlocks(piece.text, tables);
      return blocks === null ? piece : { ...piece, blocks };
    });
  }

  /** For the person who asked alone. Nothing can be looked up there, so after a crash it may come twice. */
  async function respond(
    address: SlackAddress,
    url: string | null,
    part: OutboxPart,
    more: readonly string[] = [],
  ): Promise<Receipt> {
    const { messages, file } = await renderPart(part, { mention: null, isShort: true, signal: host.ending });
    const to = { channel: address.channel, thread: address.thread, user: address.user ?? '', respond: url };
    const notes = [
      ...more,
      ...(file === null
        ? []
        : ['The whole of it is too long for here: write the command in a thread, after a mention.']),
    ];
    for (const text of [...messages, ...notes]) await whisper.say(to, text);
    return { platformId: null };
  }

  return {
    // Statuses of other workspaces are kept in the same place.
    tidy: () =>
      closeLeft({ port: statusEdits(client, ''), records }, (key) => !key.startsWith(`${team}:`) || turns.has(key)),
    running: turns.ids,
    reply(to) {
      const address = readAddress(to);
      return { progress: (event) => progress(address, event), post: (part) => post(address, part) };
    },
  };
}

/** What may be pressed stands under the last message. */
function underLast(pieces: readonly Piece[], controls: readonly KnownBlock[]): readonly Piece[] {
  return pieces.map((piece, index) =>
    index < pieces.length - 1 ? piece : { ...piece, blocks: [...(piece.blocks ?? [section(piece.text)]), ...controls] },
  );
}

function controlsOf(part: OutboxPart, { conversation }: SlackAddress): readonly KnownBlock[] {
  return [
    ...(part.buttons === undefined ? [] : [pressBlock(part.buttons)]),
    ...(mayRetry(part) ? [retryBlock(conversation)] : []),
  ];
}
