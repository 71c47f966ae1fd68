import type { Interaction } from './interactions.ts';
import { permissionsOf } from './permissions.ts';
import { type Scene, told } from './scene.ts';
import { shownChannel, shownMember, shownUser } from './shown.ts';
import type { Json } from './world.ts';

/** An interaction as the gateway tells it. */
export function payloadOf(scene: Scene, interaction: Interaction, data: Json): Json {
  const { world } = scene;
  const person = world.people.get(interaction.user);
  const channel = world.channels.get(interaction.channel);
  if (person === undefined || channel === undefined) throw new Error('The interaction comes from nobody, or nowhere.');
  const permissions = String(permissionsOf(world, person, channel));
  return {
    id: interaction.id,
    application_id: world.bot.id,
    type: { command: 2, component: 3, autocomplete: 4, modal: 5 }[interaction.kind],
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...shownChannel(channel, world), permissions },
    ...(channel.guild === null
      ? { user: shownUser(person), context: 1, authorizing_integration_owners: { '0': '0' } }
      : {
          guild_id: channel.guild,
          guild: { id: channel.guild, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: { ...shownMember(person), user: shownUser(person), permissions },
          context: 0,
          authorizing_integration_owners: { '0': channel.guild },
        }),
    // What the bot may do there, as the platform reckons it.
    app_permissions: String(permissionsOf(world, world.bot, channel)),
    locale: 'en-US',
    entitlements: [],
    attachment_size_limit: scene.maxFileBytes,
    ...(interaction.source === null ? {} : { message: told(scene, interaction.source, true) }),
  };
}
