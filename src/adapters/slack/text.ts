/** Text as Slack sends it. People and channels stand in it by id, `&`, `<` and `>` are escaped. */

const token = /<([^<>]*)>/g;

/** Ids of the people that a text mentions, each once. */
export function mentionedPeople(text: string): readonly string[] {
  const ids = [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id = '']) => id);
  return [...new Set(ids)];
}

/** Whether a group or everybody is mentioned. */
export function mentionsMany(text: string): boolean {
  return /<!(?:here|channel|everyone|subteam\^)/.test(text);
}

/** The text without the bot's own mention at its beginning, and whether it was mentioned at all. */
export function withoutOwnMention(text: string, bot: string): { readonly text: string; readonly mentioned: boolean } {
  const own = `<@${bot}(?:\\|[^<>]*)?>`;
  return {
    mentioned: new RegExp(own).test(text),
    text: text.replace(new RegExp(`^\\s*(?:${own}[\\s,:]*)+`), ''),
  };
}

/** Slack's text as markdown: tokens resolved, entities unescaped. A person's name stands without an `@`, which would address an agent of that name. */
export function readText(text: string, nameOf: (id: string) => string): string {
  return unescaped(text.replace(token, (_, inner: string) => resolved(inner, nameOf)));
}

function resolved(inner: string, nameOf: (id: string) => string): string {
  const [target = '', label] = inner.split('|', 2);
  if (target.startsWith('@')) return nameOf(target.slice(1));
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!subteam^')) return (label ?? target.slice(9)).replace(/^@/, '');
  if (target.startsWith('!date^')) return label ?? target;
  if (target.startsWith('!')) return target.slice(1);
  if (target.startsWith('mailto:')) return label ?? target.slice(7);
  return label === undefined || label === target ? target : `[${label}](${target})`;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
