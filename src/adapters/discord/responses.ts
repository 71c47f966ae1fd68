import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import type { Suggestion } from './complete.ts';
import type { Interaction } from './interactions.ts';
import { outcomeOf } from './outcome.ts';
import { mentionsOf } from './posting.ts';
import { attached, type SentFile } from './sent-file.ts';

export interface ResponsesOptions {
  readonly rest: REST;
  readonly application: string;
  readonly log: Log;
  now(): Date;
}

/** By what an interaction can be answered, also by another process. */
export interface Token {
  readonly token: string;
  /** ISO 8601: tokens live for 15 minutes. */
  readonly at: string;
}

/**
 * Answers to interactions: one within three seconds, then as many as are wanted for a quarter of an hour. What was asked is recorded
 * before the first, so that an interaction that was answered is never lost. None rejects; false where Discord takes it no more.
 */
export interface Responses {
  /** An interaction came. Where nothing is said to it for too long, it is confirmed, so that it stays alive. */
  opened(interaction: Interaction): void;
  /** All was done with it: where nothing was said yet, it is confirmed: more is promised, or a button is left as it is. */
  done(interaction: Interaction): Promise<void>;
  /** Takes the buttons away under which it was pressed. */
  used(interaction: Interaction): Promise<boolean>;
  form(interaction: Interaction, form: object): Promise<boolean>;
  suggestions(interaction: Interaction, choices: readonly Suggestion[]): Promise<boolean>;
  /** For its author alone: as the first answer, in the place of one that was promised, or as another. */
  say(to: Token, sentence: string, file?: SentFile): Promise<boolean>;
}

interface Open {
  readonly interaction: Interaction;
  state: 'heard' | 'promised';
  /** All that is done with it, one thing after another. */
  tail: Promise<unknown>;
  readonly timer: NodeJS.Timeout | undefined;
}

const patienceMs = 2_000;
const tokenMs = 14.5 * 60_000;
/** What may be confirmed: a form cannot follow that, and suggestions are something else. */
const confirmed: ReadonlySet<Interaction['kind']> = new Set(['command', 'press', 'form']);
const ephemeral = { flags: MessageFlags.Ephemeral };

export function createResponses({ rest, application, log, now }: ResponsesOptions): Responses {
  const open = new Map<string, Open>();

  /** Works with the state that is left when all earlier work is done; null once the interaction was answered. */
  function inOrder<T>(token: string, work: (state: Open['state'] | null) => Promise<T>): Promise<T> {
    const entry = open.get(token);
    if (entry === undefined) return work(null);
    const done = entry.tail.then(() => work(open.get(token)?.state ?? null));
    entry.tail = done.catch(() => undefined);
    return done;
  }

  /** The first answer, whatever comes of it. */
  async function first({ id, token }: Interaction, type: InteractionResponseType, data?: object): Promise<boolean> {
    const entry = open.get(token);
    clearTimeout(entry?.timer);
    const isPromise = type === InteractionResponseType.DeferredChannelMessageWithSource;
    const body = data === undefined ? { type } : { type, data };
    const taken = await trying(() => rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
    if (taken && isPromise && entry !== undefined) entry.state = 'promised';
    else open.delete(token);
    return taken;
  }

  function respond(interaction: Interaction, type: InteractionResponseType, data?: object): Promise<boolean> {
    return inOrder(interaction.token, async (state) => state === 'heard' && first(interaction, type, data));
  }

  async function trying(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      // After three seconds, or once it was repeated after a resume, nobody waits for it any more.
      log.info('an interaction could not be answered', { reason: reasonOf(outcomeOf(error)) });
      return false;
    }
  }

  async function confirm(interaction: Interaction): Promise<void> {
    if (interaction.kind === 'press') await respond(interaction, InteractionResponseType.DeferredMessageUpdate);
    else await respond(interaction, InteractionResponseType.DeferredChannelMessageWithSource, ephemeral);
  }

  function isOver({ at }: Pick<Token, 'at'>): boolean {
    return now().getTime() - Date.parse(at) > tokenMs;
  }

  async function sayNow({ token }: Token, state: Open['state'] | null, sentence: string, file?: SentFile) {
    const message = { content: sentence, allowed_mentions: mentionsOf(null), flags: MessageFlags.SuppressEmbeds };
    const entry = open.get(token);
    if (state === 'promised') {
      // Who sees it was said when it was promised, and cannot be said again.
      open.delete(token);
      const original = Routes.webhookMessage(application, token, '@original');
      return trying(() => rest.patch(original, { body: message, auth: false, ...attached(file) }));
    }
    const body = { ...message, flags: message.flags | MessageFlags.Ephemeral };
    if (state === 'heard' && entry !== undefined)
      return first(entry.interaction, InteractionResponseType.ChannelMessageWithSource, body);
    return trying(() => rest.post(Routes.webhook(application, token), { body, auth: false, ...attached(file) }));
  }

  return {
    opened(interaction) {
      for (const [token, entry] of open) if (isOver(entry.interaction)) open.delete(token);
      const isPatient = confirmed.has(interaction.kind);
      const timer = isPatient ? setTimeout(() => void confirm(interaction), patienceMs).unref() : undefined;
      open.set(interaction.token, { interaction, state: 'heard', tail: Promise.resolve(), timer });
    },
    async done(interaction) {
      if (confirmed.has(interaction.kind)) await confirm(interaction);
    },
    used: (interaction) => respond(interaction, InteractionResponseType.UpdateMessage, { components: [] }),
    form: (interaction, form) => respond(interaction, InteractionResponseType.Modal, form),
    suggestions: (interaction, choices) =>
      respond(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
    async say(to, sentence, file) {
      if (isOver(to)) return false;
      return inOrder(to.token, (state) => sayNow(to, state, sentence, file));
    },
  };
}
