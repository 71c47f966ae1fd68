import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Author, Place, SharedHost, SurfaceRecords } from '../adapter.ts';
import type { FileFacts, Files } from '../files.ts';
import { askedFor, verdictOn } from '../hearing.ts';
import { askedIn, opensTurn } from '../inbound.ts';
import { createOnce } from '../once.ts';
import { isUnrecorded, type Refusals, sentenceOf } from '../refusals.ts';
import { createRequests, type Request, type Requests } from '../requests.ts';
import type { Thread, Threads } from '../threads.ts';
import { conversationOf, type DiscordAddress, placeOf, writeAddress } from './address.ts';
import type { ChannelFacts, Channels } from './channels.ts';
import { type Changed, type Posted, readDeletion, readEdit, readMessage } from './events.ts';
import type { People } from './people.ts';
import { renderSentence } from './render.ts';
import type { Responses } from './responses.ts';
import type { Identity } from './rest.ts';
import { timeOf } from './snowflake.ts';
import { readText, withoutOwnMention } from './text.ts';
import type { Whisper } from './whisper.ts';

export type DiscordRequest = Request<DiscordAddress, FileFacts>;

export interface HearOptions {
  readonly host: SharedHost;
  readonly identity: Identity;
  readonly channels: Channels;
  readonly people: People;
  readonly threads: Threads;
  readonly files: Files;
  readonly whisper: Whisper;
  readonly responses: Pick<Responses, 'say'>;
  readonly refusals: Refusals;
  /** Conversations by the messages that answered in them. */
  readonly answered: SurfaceRecords<string>;
  readonly log: Log;
}

/** Takes what people write. */
export interface Hear {
  message(data: unknown): Promise<void>;
  edited(data: unknown): Promise<void>;
  deleted(data: unknown): Promise<void>;
  /** Hands a request to the runtime; refusals are said to its author. False where it was refused. */
  request: Requests<DiscordAddress, FileFacts>['take'];
  /** Markdown of a text, with people by name. */
  read(text: string, mentions: ReadonlyMap<string, string>, guild: string | null): string;
}

interface Heard {
  readonly text: string;
  /** Its text mentions us. */
  readonly named: boolean;
  readonly mentioned: boolean;
  readonly thread: Thread | null;
  /** Where the conversation goes on, by an answer without a thread. */
  readonly conversation: string | null;
  readonly facts: ChannelFacts;
  readonly place: Place;
  readonly author: Author;
}

const remembered = 5_000;

export function createHear(options: HearOptions): Hear {
  const { host, identity, channels, people, threads, whisper } = options;
  const once = createOnce<void>(remembered);
  const requests = createRequests<DiscordAddress, FileFacts>({
    host,
    log: options.log,
    write: writeAddress,
    fetch: options.files.fetch,
    async opened({ guild, thread, message, conversation, id }) {
      const root = thread ?? message;
      if (guild !== null && root !== null) await threads.taken(root, conversation, id);
    },
    // A command is answered every time: its author alone sees it, and waits for something.
    tellsStranger: async ({ respond, fallback, guild }, person) =>
      respond !== null || fallback !== null || (await options.refusals.due(`${guild ?? 'direct'}:${person}`)),
    tell: (address, person, sentence, isStranger) => void tell(address, person, sentence, isStranger),
  });

  async function posted(message: Posted): Promise<void> {
    const own = { userId: identity.userId, role: channels.ownRole(message.guild) };
    const { text, mentioned: named } = withoutOwnMention(message.text, own);
    const mentioned = named || message.reply?.isOwn === true || message.mentions.has(identity.userId);
    const thread = message.guild === null ? null : await threads.get(message.channel);
    // Most of what is said in a server is not for us: nothing is asked or written for it.
    if (!mentioned && message.guild !== null && thread === null) return;
    if (message.isBot) return thread === null ? undefined : threads.heard(message.channel, false);
    const [facts, roles, conversation] = await Promise.all([
      channels.facts(message.channel, message.guild),
      message.roles ?? people.roles(message.guild, message.user),
      message.reply?.isOwn === true ? options.answered.get(message.reply.id) : undefined,
    ]);
    const author = { id: message.user, name: message.name, isBot: false, roles };
    const root = facts.thread ?? (facts.guild === null ? null : message.id);
    const place = placeOf(identity.application, { ...facts, thread: root });
    const heard = { text, named, mentioned, thread, conversation: conversation ?? null, facts, place, author };
    const verdict = await judged(message, heard);
    if (verdict === 'nothing') return;
    if (verdict === 'context') return threads.heard(message.channel, true);
    await take(message, heard, verdict);
  }

  function judged(message: Posted, { text, named, mentioned, thread, place, author }: Heard) {
    const others = [...message.mentions.keys()].filter((id) => id !== identity.userId);
    const mentionsOthers = others.length > 0 || message.mentionsMany;
    const plain = readText(text, { person: (id) => id, role: (id) => id, channel: (id) => id });
    // Without the intent nobody knows what was said.
    const isReadable = message.text !== '' || message.files.length > 0;
    const who = { mentionsTutti: mentioned, mentionsOthers, isReadable };
    return verdictOn({ text: plain, bare: named, ...who, thread, place, author }, host);
  }

  async function take(message: Posted, heard: Heard, addressed: DiscordRequest['addressed']): Promise<void> {
    const { facts, thread, place, author, named } = heard;
    const text = read(heard.text, message.mentions, message.guild);
    const asked = askedFor(text, { bare: named, hasFiles: message.files.length > 0 }, host.commands);
    const command = 'wrong' in asked ? null : asked.command;
    const isTop = facts.guild !== null && facts.thread === null;
    const root = facts.thread ?? (isTop ? message.id : facts.channel);
    const address: DiscordAddress = {
      id: message.id,
      at: new Date(timeOf(message.id)).toISOString(),
      conversation: thread?.conversation ?? heard.conversation ?? conversationOf(root),
      guild: facts.guild,
      channel: facts.channel,
      thread: facts.thread,
      message: isTop ? message.id : null,
      user: message.user,
      // What runs beside is answered where it stands.
      title: isTop && opensTurn(command, host.commands) ? (askedIn(command) ?? text) || nameOfFirst(message) : null,
      announce: null,
      respond: null,
      fallback: null,
      earlier: facts.thread === null ? null : thread === null ? 'all' : thread.heardOthers ? 'new' : null,
      about: message.reply === null || message.reply.isOwn ? null : message.reply.id,
      pressed: null,
    };
    if ('wrong' in asked) return tell(address, message.user, asked.wrong, false);
    await requests.take({ address, place, author, addressed, text, command, files: message.files });
  }

  /** Nobody waits for it: what comes next must not. */
  async function tell(address: DiscordAddress, user: string, sentence: string, isStranger: boolean): Promise<void> {
    const text = renderSentence(sentence);
    const token = address.respond ?? address.fallback;
    if (token !== null && (await options.responses.say({ token, at: address.at }, text))) return;
    if (isStranger) return whisper.direct(user, text);
    const channel = address.thread ?? address.channel;
    const isMessage = token === null && address.announce === null;
    await whisper.reply({ channel, message: isMessage ? address.id : null, user }, text);
  }

  async function changed(change: Changed): Promise<void> {
    const own = { userId: identity.userId, role: channels.ownRole(change.guild) };
    const text =
      change.text === null ? null : read(withoutOwnMention(change.text, own).text, change.mentions, change.guild);
    try {
      await host.revise({ surface: 'discord', id: change.id, text, by: change.name });
    } catch (error) {
      if (isUnrecorded(error)) throw error;
      const { channel, id, user } = change;
      const sentence = renderSentence(sentenceOf(error as UserError));
      if (user !== null) await whisper.reply({ channel, message: id, user }, sentence);
    }
  }

  function read(text: string, mentions: ReadonlyMap<string, string>, guild: string | null): string {
    return readText(text, {
      person: (id) => mentions.get(id) ?? null,
      role: (id) => channels.roleName(guild, id),
      channel: channels.name,
    });
  }

  return {
    request: requests.take,
    read,
    async message(data) {
      const message = readMessage(data, identity);
      // Events are repeated after a resume, and fetched after an outage.
      if (message !== null) await once(message.id, () => posted(message));
    },
    async edited(data) {
      const change = readEdit(data, identity);
      if (change !== null) await once(`${change.id}:${change.version}:${change.text}`, () => changed(change));
    },
    async deleted(data) {
      await Promise.all(
        readDeletion(data).map((change) => once(`${change.id}:${change.version}`, () => changed(change))),
      );
    },
  };
}

function nameOfFirst({ files: [file] }: Posted): string {
  return file?.name ?? '';
}
