import { MessageFlags, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import { fields, text } from '../untyped.ts';
import { outcomeOf } from './outcome.ts';
import { mentionsOf } from './posting.ts';

export interface WhisperOptions {
  readonly rest: REST;
  readonly application: string;
  readonly log: Log;
  now(): Date;
}

/** Says something to one person. Never rejects. */
export interface Whisper {
  /** The interaction was answered with a promise of more: the next answer takes its place. */
  deferred(token: string): void;
  /** By an interaction's token, where only that person sees it; false where that is over, or takes nothing. */
  answer(interaction: Token, sentence: string, file?: WhisperedFile): Promise<boolean>;
  /** In direct messages. */
  direct(user: string, sentence: string, file?: WhisperedFile): Promise<void>;
  /** Where the message stands that it is about, for all to see but notifying nobody else. */
  reply(
    where: { readonly channel: string; readonly message: string | null; readonly user: string },
    sentence: string,
  ): Promise<void>;
}

export interface WhisperedFile {
  readonly name: string;
  readonly content: string;
}

/** By what an interaction can be answered further. */
export interface Token {
  readonly token: string;
  /** ISO 8601: tokens live for 15 minutes. */
  readonly at: string;
}

const tokenMs = 14.5 * 60_000;

export function createWhisper({ rest, application, log, now }: WhisperOptions): Whisper {
  async function trying(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      log.info('somebody could not be told something', { reason: reasonOf(outcomeOf(error)) });
      return false;
    }
  }

  const promised = new Set<string>();
  const body = (content: string, user: string | null) => ({
    content,
    allowed_mentions: mentionsOf(user),
    flags: MessageFlags.SuppressEmbeds,
  });

  return {
    deferred: (token) => void promised.add(token),
    async answer({ token, at }, sentence, file) {
      if (now().getTime() - Date.parse(at) > tokenMs) return false;
      const message = body(sentence, null);
      if (promised.delete(token)) {
        const original = Routes.webhookMessage(application, token, '@original');
        return trying(() => rest.patch(original, { body: message, auth: false, ...attached(file) }));
      }
      // Whether one person alone sees it was said when it was promised, and cannot be said again.
      const flags = message.flags | MessageFlags.Ephemeral;
      const said = { body: { ...message, flags }, auth: false, ...attached(file) };
      return trying(() => rest.post(Routes.webhook(application, token), said));
    },
    async direct(user, sentence, file) {
      await trying(async () => {
        const channel = fields(await rest.post(Routes.userChannels(), { body: { recipient_id: user } }));
        await rest.post(Routes.channelMessages(text(channel.id)), { body: body(sentence, null), ...attached(file) });
      });
    },
    async reply({ channel, message, user }, sentence) {
      const reference =
        message === null ? {} : { message_reference: { message_id: message, fail_if_not_exists: false } };
      const said = message === null ? `<@${user}> ${sentence}` : sentence;
      await trying(() => rest.post(Routes.channelMessages(channel), { body: { ...body(said, user), ...reference } }));
    },
  };
}

function attached(file: WhisperedFile | undefined) {
  return file === undefined ? {} : { files: [{ name: file.name, data: Buffer.from(file.content) }] };
}
