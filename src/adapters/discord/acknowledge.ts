import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import type { Suggestion } from './complete.ts';
import type { Interaction } from './interactions.ts';
import { outcomeOf } from './outcome.ts';
import type { Whisper } from './whisper.ts';

export interface AcknowledgeOptions {
  readonly rest: REST;
  readonly application: string;
  readonly whisper: Pick<Whisper, 'deferred'>;
  readonly log: Log;
}

/** The one answer that an interaction gets within three seconds. All resolve with whether Discord took it; none rejects. */
export interface Acknowledge {
  /** More comes, for its author alone. */
  promise(interaction: Interaction): Promise<boolean>;
  /** A press was heard; the message stays as it is. */
  silently(interaction: Interaction): Promise<boolean>;
  /** Takes the buttons away under which it was heard. */
  used(interaction: Interaction): Promise<boolean>;
  form(interaction: Interaction, form: object): Promise<boolean>;
  suggestions(interaction: Interaction, choices: readonly Suggestion[]): Promise<boolean>;
}

export function createAcknowledge({ rest, application, whisper, log }: AcknowledgeOptions): Acknowledge {
  async function respond({ id, token }: Interaction, type: InteractionResponseType, data?: object): Promise<boolean> {
    const body = data === undefined ? { type } : { type, data };
    return trying(() => rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
  }

  async function trying(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      // After three seconds, or once it was repeated after a resume, nobody waits for it any more.
      log.info('an interaction could not be acknowledged', { reason: reasonOf(outcomeOf(error)) });
      return false;
    }
  }

  return {
    async promise(interaction) {
      const flags = MessageFlags.Ephemeral;
      const taken = await respond(interaction, InteractionResponseType.DeferredChannelMessageWithSource, { flags });
      if (taken) whisper.deferred(interaction.token);
      return taken;
    },
    silently: (interaction) => respond(interaction, InteractionResponseType.DeferredMessageUpdate),
    async used({ token }) {
      const original = Routes.webhookMessage(application, token, '@original');
      return trying(() => rest.patch(original, { body: { components: [] }, auth: false }));
    },
    form: (interaction, form) => respond(interaction, InteractionResponseType.Modal, form),
    suggestions: (interaction, choices) =>
      respond(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
  };
}
