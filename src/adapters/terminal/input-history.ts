/** Lines that were sent before, oldest first, and where in them somebody is looking. */
export interface InputHistory {
  readonly entries: readonly string[];
  /** How many entries back; 0 is the line being typed. */
  readonly back: number;
  /** The line being typed, kept while looking at former ones. */
  readonly draft: string;
}

export function inputHistory(entries: readonly string[]): InputHistory {
  return { entries, back: 0, draft: '' };
}

/** With one more line; the same line twice in a row counts once. */
export function remember(history: InputHistory, line: string): InputHistory {
  const same = history.entries.at(-1) === line;
  return { entries: same ? history.entries : [...history.entries, line], back: 0, draft: '' };
}

/** One line older (1) or newer (-1); null when there is none. `current` is what stands in the line now. */
export function look(
  history: InputHistory,
  direction: 1 | -1,
  current: string,
): { readonly history: InputHistory; readonly line: string } | null {
  const back = history.back + direction;
  if (back < 0 || back > history.entries.length) return null;
  const draft = history.back === 0 ? current : history.draft;
  const line = back === 0 ? draft : (history.entries.at(-back) ?? '');
  return { history: { ...history, back, draft }, line };
}

/** The newest line that holds the query, older than `before` entries back; how far back it stands, or null. */
export function search(history: InputHistory, query: string, before = 0): number | null {
  const wanted = query.toLowerCase();
  for (let back = before + 1; back <= history.entries.length; back += 1) {
    if (history.entries.at(-back)?.toLowerCase().includes(wanted)) return back;
  }
  return null;
}
