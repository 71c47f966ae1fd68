import type { OptionValue } from './handle.ts';
import { list, text } from './json.ts';
import { bits, mayAll, permissionsOf } from './permissions.ts';
import { keepFiles, type Scene } from './scene.ts';
import { shownFile } from './shown-message.ts';
import type { Channel, Json, Person } from './world.ts';

/** What a client offers somebody somewhere, from what is registered; what it does not offer, nobody can use. */

/** The registered command. Throws where the client would not show it, or would show it twice. */
export function offeredCommand(scene: Scene, name: string, kind: number, person: Person, channel: Channel): Json {
  const named = (one: Json) => Number(one.type) === kind && one.name === name;
  const inGuild = channel.guild === null ? [] : scene.registry.list(channel.guild).filter(named);
  const everywhere = scene.registry.list(null).filter((one) => named(one) && servesPlace(one, channel));
  const [found, twice] = [...inGuild, ...everywhere];
  if (found === undefined) throw new Error(`No command ${name} is offered in ${channel.name || 'the DM'}.`);
  if (twice !== undefined) throw new Error(`The command ${name} is offered twice.`);
  if (channel.guild !== null && !mayAll(scene.world, person, channel, 'UseApplicationCommands'))
    throw new Error(`${person.username} may not use commands there.`);
  // What a guild's administrators did not change: without these rights the command is not shown; none at all is for administrators.
  const needed = found.default_member_permissions;
  if (channel.guild !== null && typeof needed === 'string') {
    const held = permissionsOf(scene.world, person, channel);
    const wanted = needed === '0' ? bits('Administrator') : BigInt(needed);
    if ((held & wanted) !== wanted) throw new Error(`The command ${name} is not shown to ${person.username}.`);
  }
  return found;
}

function servesPlace(command: Json, channel: Channel): boolean {
  if (!Array.isArray(command.contexts)) return true;
  return command.contexts.includes(channel.guild === null ? 1 : 0);
}

export interface Typed {
  readonly values: Readonly<Record<string, OptionValue>>;
  /** The option that is typed just now, which may be unfinished. */
  readonly focused?: { readonly name: string; readonly typed: string };
}

export interface FilledIn {
  readonly options: readonly Json[];
  readonly attachments: Json;
}

/** The options of a command as an interaction carries them, nested under the subcommand. */
export function filledIn(
  scene: Scene,
  command: Json,
  path: readonly string[],
  typed: Typed,
  channel: string,
): FilledIn {
  const [step, ...deeper] = path;
  const declared = list(command.options);
  if (step !== undefined) {
    const inner = declared.find((one) => one.name === step && (one.type === 1 || one.type === 2));
    if (inner === undefined) throw new Error(`${text(command.name)} has no subcommand ${step}.`);
    const filled = filledIn(scene, inner, deeper, typed, channel);
    return { ...filled, options: [{ name: step, type: inner.type, options: filled.options }] };
  }
  if (declared.some(({ type }) => type === 1 || type === 2))
    throw new Error(`${text(command.name)} needs a subcommand.`);
  const given = {
    ...typed.values,
    ...(typed.focused === undefined ? {} : { [typed.focused.name]: typed.focused.typed }),
  };
  const unknown = Object.keys(given).find((name) => !declared.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`${text(command.name)} has no option ${unknown}.`);
  const attachments: Record<string, Json> = {};
  const options = declared.flatMap((option): readonly Json[] => {
    const name = text(option.name);
    const value = given[name];
    if (typed.focused?.name === name) {
      if (option.autocomplete !== true) throw new Error(`The option ${name} does not complete.`);
      return [{ name, type: option.type, value, focused: true }];
    }
    if (value === undefined) {
      if (option.required === true && typed.focused === undefined) throw new Error(`The option ${name} is needed.`);
      return [];
    }
    if (typeof value === 'object') {
      if (option.type !== 11) throw new Error(`The option ${name} takes no file.`);
      const [file] = keepFiles(scene, [value]);
      if (file === undefined) return [];
      attachments[file.id] = shownFile(file, scene.links.link(file, channel));
      return [{ name, type: 11, value: file.id }];
    }
    checkValue(option, value);
    return [{ name, type: option.type, value }];
  });
  return { options, attachments };
}

function checkValue(option: Json, value: string | number | boolean): void {
  const name = text(option.name);
  const wanted = {
    3: 'string',
    4: 'number',
    5: 'boolean',
    6: 'string',
    7: 'string',
    8: 'string',
    9: 'string',
    10: 'number',
  };
  const kind = Object.entries(wanted).find(([type]) => Number(type) === option.type)?.[1];
  if (typeof value !== kind) throw new Error(`The option ${name} takes a ${kind ?? 'file'}.`);
  const choices = list(option.choices);
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    throw new Error(`The option ${name} has no choice ${value}.`);
  const most = Number(option.type === 3 ? (option.max_length ?? 6000) : (option.max_value ?? Number.POSITIVE_INFINITY));
  const least = Number(option.type === 3 ? (option.min_length ?? 0) : (option.min_value ?? Number.NEGATIVE_INFINITY));
  const size = typeof value === 'string' ? value.length : Number(value);
  if (option.type !== 5 && (size > most || size < least)) throw new Error(`The option ${name} does not take ${value}.`);
}
