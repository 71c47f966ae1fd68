/** More words than this are not looked for: nobody types them, and each costs a walk through the index. */
const mostWords = 32;

/**
 * The FTS5 expression of a query as people type it: words that must all occur, `"a phrase"`, `begin*`. Everything else they write is
 * text, never syntax. Null when there is nothing to look for.
 */
export function fullTextExpression(query: string): string | null {
  const terms = [...query.replaceAll('\0', ' ').matchAll(/"([^"]*)(?:"(\*?)|$)|([^\s"]+)/g)].flatMap(
    ([, phrase, phraseStar, word]) => {
      const written = phrase ?? word?.replace(/\*+$/, '') ?? '';
      const begins = phraseStar === '*' || (word?.endsWith('*') ?? false);
      // The index knows letters and digits only; a term without any would match nothing.
      if (!/[\p{L}\p{N}\p{Co}]/u.test(written)) return [];
      return [`"${written}"${begins ? ' *' : ''}`];
    },
  );
  return terms.length === 0 ? null : terms.slice(0, mostWords).join(' ');
}
