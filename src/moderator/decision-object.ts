/**
 * The one JSON object in what a mind printed: bare, or in a ```json fence with prose round it. Where there is none, or several that
 * differ (one of them may be quoted from a reply), the problem in words that repeat nothing of the text.
 */
export function extractObject(text: string): { readonly object: unknown } | string {
  const bare = parseObject(text);
  if (bare !== null) return { object: bare };
  const objects = fencedBlocks(text)
    .map(parseObject)
    .filter((object) => object !== null);
  const distinct = new Map(objects.map((object) => [JSON.stringify(object), object]));
  if (distinct.size > 1) return 'There is more than one JSON object; exactly one decision is needed.';
  const [only] = distinct.values();
  return only === undefined ? 'There is no valid JSON object, neither bare nor in a ```json fence.' : { object: only };
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text.trim());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function fencedBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let open: { readonly mark: string; readonly lines: string[]; readonly json: boolean } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const fence = /^\s*(`{3,}|~{3,})\s*([\w-]*)\s*$/.exec(line);
    const mark = fence?.[1] ?? '';
    if (open === null) {
      const language = (fence?.[2] ?? '').toLowerCase();
      if (mark !== '') open = { mark, lines: [], json: language === 'json' || language === '' };
    } else if (mark.startsWith(open.mark) && fence?.[2] === '') {
      if (open.json) blocks.push(open.lines.join('\n'));
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  return blocks;
}
