import { flat } from './component-rules.ts';
import type { ByOptions, DiscordDouble, OptionValue, Outcome, Suggestion } from './handle.ts';
import { ids } from './ids.ts';
import type { Interaction } from './interactions.ts';
import { list, object, text } from './json.ts';
import { filledIn, offeredCommand, type Typed } from './offered.ts';
import { payloadOf } from './payload.ts';
import { whoAndWhere } from './people.ts';
import { type Scene, told } from './scene.ts';
import { shownUser } from './shown.ts';
import type { Json, PostedMessage } from './world.ts';

/** What people do with the application: its commands, menus, buttons, selects and modals. */
export type UsingSide = Pick<DiscordDouble, 'command' | 'complete' | 'menu' | 'press' | 'select' | 'submit'>;

type About = Parameters<Scene['interactions']['begin']>[0];

export function createUsing(scene: Scene): UsingSide {
  async function send(about: About, data: Json): Promise<Interaction> {
    const interaction = scene.interactions.begin(about);
    scene.gateway.dispatch('INTERACTION_CREATE', payloadOf(scene, interaction, data));
    await scene.interactions.settled(interaction);
    return interaction;
  }

  function slash(path: string, typed: Typed, options: ByOptions, kind: 'command' | 'autocomplete') {
    const { person, channel } = whoAndWhere(scene, options);
    const [name = '', ...steps] = path.split(' ');
    const command = offeredCommand(scene, name, 1, person, channel);
    const filled = filledIn(scene, command, steps, typed, channel.id);
    const about = { kind, user: person.id, channel: channel.id, source: null, answerType: 20 } as const;
    return send(about, {
      id: command.id,
      name,
      type: 1,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      options: filled.options,
      resolved: { attachments: filled.attachments },
    });
  }

  async function command(path: string, values: Readonly<Record<string, OptionValue>> = {}, options: ByOptions = {}) {
    return slash(path, { values }, options, 'command');
  }

  async function menu(name: string, message: PostedMessage, user: string = ids.alice): Promise<Outcome> {
    const { person, channel } = whoAndWhere(scene, { user, channel: message.channel });
    const found = offeredCommand(scene, name, 3, person, channel);
    const about = { kind: 'command', user, channel: channel.id, source: null, answerType: 23 } as const;
    const author = scene.world.people.get(message.user ?? scene.world.bot.id) ?? scene.world.bot;
    return send(about, {
      id: found.id,
      name,
      type: 3,
      ...(found.guild_id === undefined ? {} : { guild_id: found.guild_id }),
      target_id: message.id,
      // The message of a menu is told whatever the application may read.
      resolved: { messages: { [message.id]: told(scene, message, true) }, users: { [author.id]: shownUser(author) } },
    });
  }

  function component(message: PostedMessage, customId: string, kinds: readonly number[], user: string): Json {
    if (message.ephemeralFor !== null && message.ephemeralFor !== user)
      throw new Error('Only the one who sees a message can use it.');
    whoAndWhere(scene, { user, channel: message.channel });
    const fitting = flat(message.components).filter(({ type }) => kinds.includes(Number(type)));
    const found =
      fitting.find((one) => one.custom_id === customId) ??
      fitting.find((one) => text(one.custom_id) !== '' && text(one.custom_id).startsWith(customId));
    if (found === undefined) throw new Error(`There is no ${customId} on the message.`);
    if (found.disabled === true) throw new Error(`${customId} is switched off.`);
    return found;
  }

  return {
    command,
    async complete(path, focused, typed, options = {}): Promise<readonly Suggestion[] | null> {
      const what = { values: options.values ?? {}, focused: { name: focused, typed } };
      const { acknowledged } = await slash(path, what, options, 'autocomplete');
      if (acknowledged === null) return null;
      return list(acknowledged.data.choices).map(({ name, value }) => ({
        name: text(name),
        value: typeof value === 'number' ? value : text(value),
      }));
    },
    menu,
    async press(message, customId, user = ids.alice) {
      const button = component(message, customId, [2], user);
      const about = { kind: 'component', user, channel: message.channel, source: message, answerType: 19 } as const;
      return send(about, { custom_id: button.custom_id, component_type: 2, id: button.id ?? 1 });
    },
    async select(message, customId, values, user = ids.alice) {
      const found = component(message, customId, [3], user);
      const known = list(found.options).map(({ value }) => value);
      const unknown = values.find((value) => !known.includes(value));
      if (unknown !== undefined) throw new Error(`${customId} does not offer ${unknown}.`);
      const [least, most] = [Number(found.min_values ?? 1), Number(found.max_values ?? 1)];
      if (values.length < least || values.length > most)
        throw new Error(`${customId} takes ${least} to ${most} values.`);
      const about = { kind: 'component', user, channel: message.channel, source: message, answerType: 19 } as const;
      return send(about, { custom_id: found.custom_id, component_type: 3, id: found.id ?? 1, values });
    },
    async submit(outcome, values) {
      const modal = outcome.acknowledged?.kind === 'modal' ? outcome.acknowledged.data : null;
      if (modal === null) throw new Error('The interaction was not answered with a modal.');
      const source = scene.interactions.all.find(({ id }) => id === outcome.id)?.source ?? null;
      const { user, channel } = outcome;
      const data = { custom_id: modal.custom_id, components: filledModal(modal, values) };
      return send({ kind: 'modal', user, channel, source, answerType: source === null ? 20 : 19 }, data);
    },
  };
}

/** The modal's fields with what was typed or chosen; throws where a field is unknown, needed, or cannot hold it. */
function filledModal(modal: Json, values: Readonly<Record<string, string>>): readonly Json[] {
  const inputs = flat(list(modal.components)).filter((one) => one.custom_id !== undefined);
  const unknown = Object.keys(values).find((name) => !inputs.some((one) => one.custom_id === name));
  if (unknown !== undefined) throw new Error(`The modal has no field ${unknown}.`);
  const fill = (input: Json): Json => {
    const name = text(input.custom_id);
    const value = values[name] ?? text(input.value);
    if (value === '' && input.required !== false) throw new Error(`The field ${name} is needed.`);
    if (input.type !== 4)
      return { type: input.type, id: input.id ?? 1, custom_id: name, values: value === '' ? [] : [value] };
    if (value.length > Number(input.max_length ?? 4000)) throw new Error(`The field ${name} does not take so much.`);
    return { type: 4, id: input.id ?? 1, custom_id: name, value };
  };
  return list(modal.components).map((one) => {
    if (one.type === 18) return { type: 18, id: one.id ?? 1, component: fill(object(one.component)) };
    if (one.type === 1) return { type: 1, id: one.id ?? 1, components: list(one.components).map(fill) };
    return { type: one.type, id: one.id ?? 1 };
  });
}
