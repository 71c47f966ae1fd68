/** Text as Discord sends it: people, roles, channels and more stand in it by id. */

export interface Names {
  person(id: string): string | null;
  role(id: string): string | null;
  channel(id: string): string | null;
}

const token = /<(?:@(&?)!?(\d+)|#(\d+)|\/([^:<>]+):\d+|a?:(\w+):\d+|t:(-?\d+)(?::\w)?|id:(\w+))>/g;

const code = /```[\s\S]*?```|``[\s\S]*?``|`[^`]*`/g;

/**
 * The text without our own mention at its beginning, and whether it mentions us at all: by our id, or by the role that Discord made for
 * us, which people take for it. What stands in code is no mention.
 */
export function withoutOwnMention(
  text: string,
  own: { readonly userId: string; readonly role: string | null },
): { readonly text: string; readonly mentioned: boolean } {
  const ids = own.role === null ? `@!?${own.userId}` : `@(?:!?${own.userId}|&${own.role})`;
  return {
    mentioned: new RegExp(`<${ids}>`).test(text.replace(code, '')),
    text: text.replace(new RegExp(`^\\s*(?:<${ids}>[\\s,:]*)+`), ''),
  };
}

/** Discord's text as markdown. A name stands without an `@`, which would address an agent of that name. */
export function readText(text: string, names: Names): string {
  return text.replace(token, (whole, ...groups: readonly (string | undefined)[]) => {
    const [ampersand, id, channel, command, emoji, time, page] = groups;
    if (id !== undefined) return (ampersand === '&' ? names.role(id) : names.person(id)) ?? id;
    if (channel !== undefined) return `#${names.channel(channel) ?? channel}`;
    if (command !== undefined) return `/${command}`;
    if (emoji !== undefined) return `:${emoji}:`;
    if (time !== undefined) return shownTime(Number(time) * 1000) ?? whole;
    return page ?? whole;
  });
}

function shownTime(ms: number): string | null {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : null;
}
