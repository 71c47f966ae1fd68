import { basename } from 'node:path';
import type { AgentProvider, ProviderEvent, SearchHit, SearchResult } from '../provider.ts';

/** The built-in provider: no model, no process; it quotes the passages of the project that fit the question. */

/** Files that are quoted at length; the rest are named with what they define. */
const QUOTED_FILES = 4;
const LINES_OF_FIRST = 24;
const LINES_OF_OTHERS = 12;
/** Below this confidence what was found is more likely beside the question than about it. */
const WEAK = 0.44;
/** How an answer begins that quotes the nearest only. */
const WEAKLY = 'Nothing fits well';

export const search: AgentProvider = {
  name: 'search',
  capabilities: {
    resume: 'no',
    images: false,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: true,
    mind: false,
  },
  bypassFlags: [],
  status: async () => ({ installed: true, version: null, path: null, signedIn: 'yes', hint: null }),
  async *ask(turn, run) {
    const result = await run.search(turn.directory, turn.prompt);
    for (const hit of result.hits) yield sourceOf(hit);
    yield { type: 'answer', text: answerOf(result) };
  },
};

/** Whether an answer of this provider says that what it quotes is near the question rather than about it. */
export function fitsWeakly(answer: string): boolean {
  return answer.startsWith(WEAKLY);
}

function sourceOf(hit: SearchHit): ProviderEvent {
  return { type: 'source', path: hit.path, line: hit.line, endLine: hit.endLine, excerpt: hit.text };
}

/** The passages as markdown, best file first; or, where nothing fits, that and the nearest files. Pure. */
function answerOf(result: SearchResult): string {
  if (result.hits.length === 0) return nothingFound(result);
  const files = [...Map.groupBy(result.hits, (hit) => hit.path)];
  const quoted = files.slice(0, QUOTED_FILES).map(([path, hits], index) => quoteFile(path, hits, index === 0));
  const named = files.slice(QUOTED_FILES).map(([, hits]) => `- ${hits.map(nameOf).join(', ')}`);
  const found = `${count(result.hits.length, 'passage')} in ${count(files.length, 'file')}`;
  const searched = `${count(result.files, 'file')} searched`;
  return [
    result.confidence < WEAK
      ? `${WEAKLY} (${searched}). Nearest to it, ${found}:`
      : `${found}, best first (${searched}):`,
    ...quoted,
    ...(named.length === 0 ? [] : [`Also:\n\n${named.join('\n')}`]),
  ].join('\n\n');
}

function nothingFound(result: SearchResult): string {
  const said = `Nothing found that fits (${count(result.files, 'file')} searched).`;
  if (result.nearest.length === 0) return said;
  return `${said} The nearest files:\n\n${result.nearest.map((path) => `- ${inlineCode(path)}`).join('\n')}`;
}

function quoteFile(path: string, hits: readonly SearchHit[], isBest: boolean): string {
  const parts = hits.map((hit, index) => {
    const limit = isBest && index === 0 ? LINES_OF_FIRST : LINES_OF_OTHERS;
    return `${nameOf(hit)}\n\n${fence(clip(hit.text, limit), path)}`;
  });
  return parts.join('\n\n');
}

/** `title path:line-line`: the form in which a reply's own citations are recognised; without a title the file's name serves. */
function nameOf(hit: SearchHit): string {
  const place = inlineCode(`${hit.path}:${hit.line}${hit.endLine > hit.line ? `-${hit.endLine}` : ''}`);
  const title = hit.title === '' ? basename(hit.path) : hit.title;
  return `**${title.replace(/[*_`[\]\\<>]/g, '\\$&')}** ${place}`;
}

function clip(text: string, limit: number): string {
  const lines = text.split('\n');
  return lines.length <= limit ? text : `${lines.slice(0, limit).join('\n')}\n…`;
}

/** A fence longer than any in the text, so that a passage cannot end it. */
function fence(text: string, path: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const language = /\.([a-z0-9]{1,8})$/i.exec(path)?.[1] ?? '';
  return `${mark}${language}\n${text}\n${mark}`;
}

function inlineCode(text: string): string {
  const clean = text.replace(/[\r\n]+/g, ' ');
  return clean.includes('`') ? `\`\` ${clean} \`\`` : `\`${clean}\``;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
