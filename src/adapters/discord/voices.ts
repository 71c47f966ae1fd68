import { MessageFlags, type REST, Routes, WebhookType } from 'discord.js';
import { clean } from '../../clean.ts';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import { fields, isFields, list, text } from '../untyped.ts';
import { isRefusedFor, outcomeOf } from './outcome.ts';
import { mentionsOf } from './posting.ts';
import type { Room } from './rooms.ts';

export interface VoicesOptions {
  readonly rest: REST;
  /** For what nothing recognises a repeat of. */
  readonly patient: REST;
  readonly application: string;
  readonly log: Log;
  clock(): number;
}

/** Agents under their own names, through one webhook of ours in each channel. */
export interface Voices {
  /** The message's id; null where there can be no webhook. Rejects like any other post. */
  say(name: string, content: string, room: Room): Promise<string | null>;
}

interface Webhook {
  readonly id: string;
  readonly token: string;
}

const webhookName = 'Tutti';
/** So long a channel that allows no webhooks is not asked again. */
const forbiddenMs = 600_000;

export function createVoices({ rest, patient, application, log, clock }: VoicesOptions): Voices {
  const known = new Map<string, { readonly webhook: Promise<Webhook | null>; readonly until: number }>();

  async function ours(channel: string): Promise<Webhook | null> {
    const found = list(await rest.get(Routes.channelWebhooks(channel)).catch(noneWhereUnknown))
      .filter(isFields)
      .find((one) => text(one.application_id) === application && one.type === WebhookType.Incoming);
    const webhook = found ?? fields(await rest.post(Routes.channelWebhooks(channel), { body: { name: webhookName } }));
    const [id, token] = [text(webhook.id), text(webhook.token)];
    return id === '' || token === '' ? null : { id, token };
  }

  function webhookOf(channel: string): Promise<Webhook | null> {
    const before = known.get(channel);
    if (before !== undefined && before.until > clock()) return before.webhook;
    const webhook = ours(channel).catch((error: unknown) => {
      const outcome = outcomeOf(error);
      if (outcome.kind === 'refused') {
        log.warn('agents speak under the name of the bot', { channel, reason: reasonOf(outcome) });
        known.set(channel, { webhook: Promise.resolve(null), until: clock() + forbiddenMs });
        return null;
      }
      known.delete(channel);
      throw error;
    });
    known.set(channel, { webhook, until: Number.POSITIVE_INFINITY });
    return webhook;
  }

  async function execute(name: string, content: string, room: Room, { id, token }: Webhook): Promise<string> {
    const query = new URLSearchParams({ wait: 'true', ...(room.parent === null ? {} : { thread_id: room.channel }) });
    const body = {
      content,
      username: webhookNameOf(name),
      allowed_mentions: mentionsOf(null),
      flags: MessageFlags.SuppressEmbeds,
    };
    return text(fields(await patient.post(Routes.webhook(id, token), { body, query, auth: false })).id);
  }

  return {
    async say(name, content, room) {
      if (room.guild === null) return null;
      const channel = room.parent ?? room.channel;
      const webhook = await webhookOf(channel);
      if (webhook === null) return null;
      try {
        return await execute(name, content, room, webhook);
      } catch (error) {
        if (outcomeOf(error).kind !== 'refused') throw error;
        known.delete(channel);
        // Somebody took it away: another one is made. All else is said by the bot itself.
        const other = isRefusedFor(error, 'unknownWebhook') ? await webhookOf(channel) : null;
        return other === null ? null : execute(name, content, room, other);
      }
    },
  };
}

/** Some gateways between us and Discord do not know how to list webhooks: then there is one for each process. */
function noneWhereUnknown(error: unknown): readonly unknown[] {
  if (isRefusedFor(error, 'unknownRoute')) return [];
  throw error;
}

/** A name that Discord takes for a webhook: 1 to 80 characters, and neither of its own names in it. */
export function webhookNameOf(agent: string): string {
  const name = clean(agent)
    .replace(/\s+/gu, ' ')
    .replace(/(disc)(ord)/giu, '$1·$2')
    .replace(/(cly)(de)/giu, '$1·$2')
    .replace(/[@#:`]/g, '')
    .trim()
    .slice(0, 80);
  return /^(?:everyone|here|)$/i.test(name) ? 'agent' : name;
}
