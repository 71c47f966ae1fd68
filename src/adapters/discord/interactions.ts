import { InteractionType } from 'discord.js';
import type { Author } from '../adapter.ts';
import { type Fields, fields, isFields, list, text } from '../untyped.ts';
import type { GivenOption } from './call.ts';
import { nameOf } from './events.ts';
import { timeOf } from './snowflake.ts';

/** What somebody typed, chose, pressed or sent, as far as it counts. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: 'command' | 'menu' | 'press' | 'typing' | 'form';
  readonly guild: string | null;
  readonly channel: string;
  readonly author: Author;
  /** Of a command: its name. */
  readonly name: string;
  readonly options: readonly GivenOption[];
  /** Of a button or a form: what we called it. */
  readonly customId: string;
  /** The message that a menu was opened on. */
  readonly target: string | null;
  /** The message that a button stands under. */
  readonly message: string | null;
  /** What was chosen of a menu. */
  readonly chosen: string | null;
  /** Names by id of people who stand in options. */
  readonly mentions: ReadonlyMap<string, string>;
  /** Fields of a form by what we called them. */
  readonly values: ReadonlyMap<string, string>;
}

const messageMenu = 3;

/** Reads an interaction; null for kinds that we do not use. */
export function readInteraction(data: unknown): Interaction | null {
  if (!isFields(data)) return null;
  const given = fields(data.data);
  const kind = kindOf(data.type, given);
  const [id, token, channel] = [text(data.id), text(data.token), text(data.channel_id)];
  const member = isFields(data.member) ? data.member : null;
  const user = member === null ? fields(data.user) : fields(member.user);
  if (kind === null || id === '' || token === '' || text(user.id) === '') return null;
  return {
    id,
    token,
    at: new Date(timeOf(id)).toISOString(),
    kind,
    guild: text(data.guild_id) || null,
    channel,
    author: {
      id: text(user.id),
      name: nameOf(user, member),
      isBot: user.bot === true,
      roles: list(member?.roles).map(text),
    },
    name: text(given.name),
    options: list(given.options).flatMap(readOption),
    customId: text(given.custom_id),
    target: text(given.target_id) || null,
    message: text(fields(data.message).id) || null,
    chosen: text(list(given.values)[0]) || null,
    mentions: mentionsIn(fields(given.resolved)),
    values: new Map(list(given.components).flatMap(readValues)),
  };
}

function kindOf(type: unknown, { type: commandType }: Fields): Interaction['kind'] | null {
  switch (type) {
    case InteractionType.ApplicationCommand:
      return commandType === messageMenu ? 'menu' : commandType === 1 || commandType === undefined ? 'command' : null;
    case InteractionType.MessageComponent:
      return 'press';
    case InteractionType.ApplicationCommandAutocomplete:
      return 'typing';
    case InteractionType.ModalSubmit:
      return 'form';
    default:
      return null;
  }
}

function readOption(option: unknown): readonly GivenOption[] {
  if (!isFields(option) || typeof option.type !== 'number') return [];
  const { name, type, value, focused, options } = option;
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return [
    {
      name: text(name),
      type,
      ...(isValue ? { value } : {}),
      ...(focused === true ? { focused } : {}),
      ...(Array.isArray(options) ? { options: options.flatMap(readOption) } : {}),
    },
  ];
}

function mentionsIn({ users, members }: Fields): ReadonlyMap<string, string> {
  const known = fields(members);
  const people = Object.entries(fields(users)).filter((entry): entry is [string, Fields] => isFields(entry[1]));
  return new Map(people.map(([id, user]) => [id, nameOf(user, fields(known[id]))]));
}

/** Fields stand in rows, or in labels. */
function readValues(component: unknown): readonly (readonly [string, string])[] {
  const { custom_id: id, value, component: inner, components } = fields(component);
  const own = typeof id === 'string' && typeof value === 'string' ? [[id, value] as const] : [];
  return [...own, ...(inner === undefined ? [] : readValues(inner)), ...list(components).flatMap(readValues)];
}
