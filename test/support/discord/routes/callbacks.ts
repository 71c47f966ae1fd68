import { checkChoice } from '../command-rules.ts';
import { checkEdit } from '../edit-rules.ts';
import type { Interaction } from '../interactions.ts';
import { list, object } from '../json.ts';
import { checkMessage, messageFlags } from '../message-rules.ts';
import { checkModal } from '../modal-rules.ts';
import { change, post } from '../posting.ts';
import { ApiProblem, invalid } from '../problems.ts';
import { answer, done, type Reply, type Route, type RouteRequest } from '../routes.ts';
import { type Scene, told } from '../scene.ts';
import type { Json, PostedMessage, StoredFile } from '../world.ts';

/** The first answer to an interaction. */

export const answerFlags =
  messageFlags.ephemeral | messageFlags.suppressEmbeds | messageFlags.silent | messageFlags.componentsV2;

/** Which kinds of interactions a kind of answer fits. */
const fits: Readonly<Record<number, readonly Interaction['kind'][]>> = {
  4: ['command', 'component', 'modal'],
  5: ['command', 'component', 'modal'],
  6: ['component', 'modal'],
  7: ['component', 'modal'],
  8: ['autocomplete'],
  9: ['command', 'component'],
};

export const callbackRoutes: readonly Route[] = [
  {
    name: 'interaction.callback',
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    open: true,
    run: callback,
  },
];

function callback({ scene, params, body, files, query }: RouteRequest): Reply {
  const interaction = scene.interactions.open(params.interaction ?? '', params.token ?? '');
  const type = Number(body.type);
  const needsSource = type === 6 || type === 7;
  if (!fits[type]?.includes(interaction.kind) || (needsSource && interaction.source === null))
    throw invalid('type', 'BASE_TYPE_CHOICES', 'This answer does not fit the interaction.');
  const message = respond(scene, interaction, { type, data: object(body.data), files });
  if (query.get('with_response') !== 'true') return done;
  return answer({
    interaction: {
      id: interaction.id,
      type: { command: 2, component: 3, autocomplete: 4, modal: 5 }[interaction.kind],
      ...(message === null
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: message.loading,
            response_message_ephemeral: message.ephemeralFor !== null,
          }),
    },
    resource: { type, ...(message === null || needsSource ? {} : { message: told(scene, message) }) },
  });
}

interface Response {
  readonly type: number;
  readonly data: Json;
  readonly files: readonly StoredFile[];
}

/** Does what the answer says; resolves to the message that stands for it. */
function respond(scene: Scene, interaction: Interaction, { type, data, files }: Response): PostedMessage | null {
  const rules = { maxFileBytes: scene.maxFileBytes, flags: answerFlags };
  const settle = (kind: NonNullable<Interaction['acknowledged']>['kind'], original: PostedMessage | null) => {
    interaction.original = original;
    scene.interactions.acknowledge(interaction, { kind, data });
    return original;
  };
  switch (type) {
    case 4:
      checkMessage({ body: data, files }, rules);
      return settle('message', say(scene, interaction, data, files));
    case 5:
      if ((Number(data.flags ?? 0) & ~messageFlags.ephemeral) !== 0)
        throw invalid('data.flags', 'MESSAGE_FLAGS_INVALID', 'Only EPHEMERAL can be set here.');
      return settle('deferred', say(scene, interaction, data, [], true));
    case 6:
      return settle('deferred-update', interaction.source);
    case 7: {
      const { source } = interaction;
      if (source === null) throw new ApiProblem(10008);
      checkEdit(source, { body: data, files }, { ...rules, flags: answerFlags & ~messageFlags.ephemeral });
      change(scene, source, data, files);
      return settle('update', source);
    }
    case 8: {
      const choices = list(data.choices);
      if (choices.length > 25) throw invalid('data.choices', 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.');
      for (const [index, one] of choices.entries())
        checkChoice(one, typeof one.value === 'string' ? 3 : 10, `data.choices.${index}`);
      return settle('choices', null);
    }
    default:
      checkModal(data);
      return settle('modal', null);
  }
}

/** A message that answers an interaction: for one person alone where the flag says so. */
export function say(
  scene: Scene,
  interaction: Interaction,
  body: Json,
  files: readonly StoredFile[],
  loading = false,
): PostedMessage {
  const channel = scene.world.channels.get(interaction.channel);
  if (channel === undefined) throw new ApiProblem(10003);
  const isEphemeral = (Number(body.flags ?? 0) & messageFlags.ephemeral) !== 0;
  return post(scene, channel, {
    body: loading ? { ...body, flags: Number(body.flags ?? 0) | messageFlags.loading } : body,
    files,
    webhook: scene.world.bot.id,
    interaction: interaction.id,
    loading,
    type: interaction.answerType,
    ...(isEphemeral ? { ephemeralFor: interaction.user } : {}),
  });
}
