/** The fields of an address that are there, as a `ReplyAddress` holds them: plain texts, none of them null. */
export function replyData(fields: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null));
}
