import { MessageFlags, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import { fields, text } from '../untyped.ts';
import { outcomeOf } from './outcome.ts';
import { mentionsOf } from './posting.ts';
import { attached, type SentFile } from './sent-file.ts';

export interface WhisperOptions {
  readonly rest: REST;
  readonly log: Log;
}

/** Says something to one person. Never rejects. */
export interface Whisper {
  /** In direct messages. */
  direct(user: string, sentence: string, file?: SentFile): Promise<void>;
  /** Where the message stands that it is about, for all to see but notifying nobody else. */
  reply(
    where: { readonly channel: string; readonly message: string | null; readonly user: string },
    sentence: string,
  ): Promise<void>;
}

export function createWhisper({ rest, log }: WhisperOptions): Whisper {
  async function trying(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.info('somebody could not be told something', { reason: reasonOf(outcomeOf(error)) });
    }
  }

  const body = (content: string, user: string | null) => ({
    content,
    allowed_mentions: mentionsOf(user),
    flags: MessageFlags.SuppressEmbeds,
  });

  return {
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
