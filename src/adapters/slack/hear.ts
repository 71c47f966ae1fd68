import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Author, Place, SharedHost } from '../adapter.ts';
import type { FileFacts, Files } from '../files.ts';
import { askedFor, verdictOn } from '../hearing.ts';
import { createOnce } from '../once.ts';
import { isUnrecorded, type Refusals, sentenceOf } from '../refusals.ts';
import { createRequests, type Request } from '../requests.ts';
import type { Thread, Threads } from '../threads.ts';
import { type SlackAddress, threadKey, timeOf, writeAddress } from './address.ts';
import type { Channels } from './channels.ts';
import { type Changed, type Posted, readMessage } from './events.ts';
import type { People } from './people.ts';
import { renderSentence } from './render.ts';
import { mentionedPeople, mentionsMany, readText, withoutOwnMention } from './text.ts';
import type { Identity } from './web.ts';
import type { Whisper } from './whisper.ts';

export interface HearOptions {
  readonly host: SharedHost;
  readonly identity: Identity;
  readonly people: People;
  readonly channels: Channels;
  readonly threads: Threads;
  readonly files: Files;
  readonly whisper: Whisper;
  readonly refusals: Refusals;
  readonly log: Log;
}

export type SlackRequest = Request<SlackAddress, FileFacts>;

/** Takes what people write. Everything resolves when it may be acknowledged, and rejects where it may not. */
export interface Hear {
  /** A message or mention event, also an edit or a deletion. */
  message(event: unknown): Promise<void>;
  /** Hands a request to the runtime; refusals are said privately. False where it was refused. */
  request(request: SlackRequest): Promise<boolean>;
  /** Markdown of a text, with people by name. */
  read(text: string): Promise<string>;
}

const remembered = 5_000;

export function createHear(options: HearOptions): Hear {
  const { host, identity, people, channels, threads, whisper } = options;
  const once = createOnce<void>(remembered);
  const requests = createRequests<SlackAddress, FileFacts>({
    host,
    log: options.log,
    write: writeAddress,
    fetch: options.files.fetch,
    async opened({ team, channel, thread, conversation, ts, id }) {
      if (thread !== null) await threads.taken(threadKey(team, channel, thread), conversation, ts ?? id);
    },
    // A command is answered every time: its author alone sees it, and waits for something.
    tellsStranger: async ({ respond, fallback, team }, person) =>
      respond !== null || fallback !== null || (await options.refusals.due(`${team}:${person}`)),
    tell: (address, person, sentence) =>
      tell({ ...address, respond: address.respond ?? address.fallback }, person, sentence),
  });

  async function posted(message: Posted): Promise<void> {
    const { text, mentioned } = withoutOwnMention(message.text, identity.userId);
    const key = threadKey(message.team, message.channel, message.thread ?? message.ts);
    const thread = message.thread === null ? null : await threads.get(key);
    const isDirect = message.channelType === 'im' || message.channel.startsWith('D');
    // Most of what is said in a workspace is not for us: nothing is asked or written for it.
    if (!mentioned && !isDirect && thread === null) return;
    const kind = await channels.kind(message.channel, message.channelType);
    const author = await people.author(message.user, message.isBot);
    const place = placeOf(message.team, message.channel, message.thread ?? message.ts, kind);
    const verdict = await judged(message, { text, mentioned, thread, place, author });
    if (verdict === 'nothing') return;
    if (verdict === 'context') return threads.heard(key, !message.isBot);
    await take(message, { text, mentioned, thread, place, author, verdict });
  }

  function judged(message: Posted, { text, mentioned, thread, place, author }: Omit<Heard, 'verdict'>) {
    const others = mentionedPeople(message.text).filter((id) => id !== identity.userId);
    const mentionsOthers = others.length > 0 || mentionsMany(message.text);
    const plain = readText(text, (id) => id);
    const who = { mentionsTutti: mentioned, mentionsOthers, isReadable: true };
    return verdictOn({ text: plain, bare: mentioned, ...who, thread, place, author }, host);
  }

  async function take(message: Posted, heard: Heard): Promise<void> {
    const root = message.thread ?? message.ts;
    const { thread, place, mentioned, verdict } = heard;
    const address: SlackAddress = {
      id: threadKey(message.team, message.channel, message.ts),
      at: timeOf(message.ts),
      conversation: thread?.conversation ?? `slack:${threadKey(message.team, message.channel, root)}`,
      team: message.team,
      channel: message.channel,
      thread: root,
      user: message.isBot ? null : message.user,
      announce: null,
      respond: null,
      fallback: null,
      earlier: message.thread === null ? null : thread === null ? 'all' : thread.heardOthers ? 'new' : null,
      ts: message.ts,
      pressed: null,
      about: null,
    };
    const text = await read(heard.text);
    const asked = askedFor(text, { bare: mentioned, hasFiles: message.files.length > 0 }, host.commands);
    if ('wrong' in asked) return tell(address, message.user, asked.wrong);
    const { command } = asked;
    const name = message.isBot ? message.user : await people.name(message.user);
    await requests.take({
      address,
      place,
      author: { ...heard.author, name },
      addressed: verdict,
      text,
      command,
      files: message.files,
    });
  }

  /** Nobody waits for it: an acknowledgement must not. */
  function tell(address: SlackAddress, user: string, text: string): void {
    const thread = address.thread === address.ts ? null : address.thread;
    void whisper.say({ channel: address.channel, thread, user, respond: address.respond }, renderSentence(text));
  }

  async function changed(change: Changed): Promise<void> {
    const { team, channel, thread, ts, user } = change;
    // Nobody is asked for anything where no question was. Where Slack does not tell whose it was, it does not tell the thread either.
    if (user !== null && (await threads.get(threadKey(team, channel, thread ?? ts))) === null) return;
    const { text } = withoutOwnMention(change.text ?? '', identity.userId);
    const id = threadKey(team, channel, ts);
    try {
      const by = user === null ? 'its author' : await people.name(user);
      await host.revise({ surface: 'slack', id, text: change.text === null ? null : await read(text), by });
    } catch (error) {
      if (isUnrecorded(error)) throw error;
      if (user === null) return;
      await whisper.say({ channel, thread, user, respond: null }, renderSentence(sentenceOf(error as UserError)));
    }
  }

  async function read(text: string): Promise<string> {
    const ids = mentionedPeople(text);
    const names = new Map(await Promise.all(ids.map(async (id) => [id, await people.name(id)] as const)));
    return readText(text, (id) => names.get(id) ?? id);
  }

  return {
    request: requests.take,
    read,
    message(event) {
      const heard = readMessage(event, identity.team, identity);
      if (heard === null) return Promise.resolve();
      const what = heard.kind === 'posted' ? '' : `:${heard.version}`;
      // A mention comes as two events, and both may be repeated.
      return once(`${heard.channel}:${heard.ts}${what}`, () =>
        heard.kind === 'posted' ? posted(heard) : changed(heard),
      );
    },
  };
}

interface Heard {
  readonly text: string;
  readonly mentioned: boolean;
  readonly thread: Thread | null;
  readonly place: Place;
  readonly author: Author;
  readonly verdict: SlackRequest['addressed'];
}

export function placeOf(
  workspace: string,
  channel: string,
  thread: string | null,
  kind: { readonly direct: boolean; readonly private: boolean },
): Place {
  return {
    surface: 'slack',
    workspace,
    channel,
    ...(thread === null ? {} : { thread }),
    direct: kind.direct,
    private: kind.private,
  };
}
