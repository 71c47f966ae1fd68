import { clean } from './clean.ts';

/** Words that mean something else in chat. */
const reserved: readonly string[] = ['tutti', 'all', 'here', 'channel', 'everyone', 'me'];
const shape = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*$/u;

/** Why an agent or group cannot be called this, as the end of "the name … "; null where it can. */
export function nameProblem(name: string): string | null {
  if (!shape.test(name) || [...name].length > 32) {
    return 'is not possible: 1 to 32 letters, digits, "-", "_" or ".", beginning with a letter or a digit';
  }
  if (reserved.includes(name.toLowerCase())) return `is reserved (${reserved.join(', ')} mean something else in chat)`;
  return null;
}

/** The nearest thing to a folder's name that an agent can be called. */
export function nameFrom(folder: string): string {
  const letters = clean(folder)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  const name = [...letters].slice(0, 32).join('');
  if (nameProblem(name) === null) return name;
  return nameProblem(`${name}-project`) === null ? `${name}-project` : 'project';
}
