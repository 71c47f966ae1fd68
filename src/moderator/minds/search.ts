import { fitsWeakly } from '../../agents/providers/search.ts';
import type { AnsweredAsk, Conclusion, Decision, Mind, Question, RosterEntry, Round } from '../moderator.ts';
import { createExtractor, type Extract } from './extract.ts';

/** The mind that is no model: it routes by what the indexes find, and answers in the agents' own words. */

/** How much less likely than the best an agent may be and still be asked, and how many are asked where nobody was named. */
const WORTH_ASKING = 0.35;
/** The same for those whose name does not stand in the question where that of others does. */
const WORTH_ASKING_TOO = 0.55;
/** The same for those whose name does. */
const WORTH_ASKING_SPOKEN = 0.15;
const MOST_UNNAMED = 3;
const EXTRACTS_PER_AGENT = 3;
const NEAREST_NAMED = 3;

/** @returns a mind that needs nothing from outside: the roster says what the indexes found, the replies say what the agents know */
export function createSearchMind(): Mind {
  return {
    name: 'search',
    extractive: true,
    decide: async (question, rounds, call) => ({
      decision: rounds.length === 0 ? route(question, call.asksLeft) : compose(question, rounds),
      usage: null,
    }),
    conclude: async (question, rounds) => ({ decision: compose(question, rounds), usage: null }),
  };
}

/** Round 1: everybody who was named, else those whose index fits best, likeliest first. */
function route(question: Question, asksLeft: number): Decision {
  const ranked = question.roster.toSorted((a, b) => b.confidence - a.confidence);
  const named = namesSomebody(question.text);
  const best = ranked[0]?.confidence ?? 0;
  const spoken = ranked.filter((agent) => saysName(question.text, agent.name));
  const share = spoken.some(({ confidence }) => confidence >= WORTH_ASKING * best) ? WORTH_ASKING_TOO : WORTH_ASKING;
  const likely = ranked.filter(
    (agent, index) => index === 0 || agent.confidence >= (spoken.includes(agent) ? WORTH_ASKING_SPOKEN : share) * best,
  );
  const asked = (named ? ranked : likely.slice(0, MOST_UNNAMED)).slice(0, Math.max(0, asksLeft));
  if (asked.length === 0) return answer('There is no agent to ask.', []);
  return {
    next: 'ask',
    reason: named ? 'named in the question' : reasonFor(asked),
    asks: asked.map((agent) => ({ agent: agent.name, prompt: question.text, after: [], final: false })),
  };
}

/** Mentions have restricted the roster already; that there were any means that all of it is meant. */
function namesSomebody(text: string): boolean {
  return [...text.matchAll(/(?<![\p{L}\p{N}/`])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu)].some(
    ([, name]) => name?.toLowerCase() !== 'all',
  );
}

/** Whether a name stands in the question as a word, in any case, with spaces for its hyphens: "chi's router", "the web app". */
function saysName(text: string, name: string): boolean {
  const words = name.split(/[-_.\s]+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${words.join('[-_. ]?')}(?![\\p{L}\\p{N}_-])`, 'iu').test(text);
}

function reasonFor(asked: readonly RosterEntry[]): string {
  const found = asked.flatMap((agent) => agent.found.slice(0, 1).map((path) => `${agent.name}: ${path}`));
  return found.length === 0 ? 'no index fits the question well' : `best matches in ${found.join(', ')}`;
}

/** Agents in the order asked; the newest answer of each counts. Where some fit well, those that do not are named only. */
function compose(question: Question, rounds: readonly Round[]): Conclusion {
  const newest = new Map<string, AnsweredAsk>();
  for (const round of rounds) for (const ask of round.asks) newest.set(ask.agent, ask);
  const extractor = createExtractor(question.text);
  const found: { readonly agent: string; readonly isWeak: boolean; readonly extracts: readonly Extract[] }[] = [];
  for (const [agent, { outcome }] of newest) {
    if (outcome.result.status !== 'answered') continue;
    const isSearch = entryOf(question, agent)?.provider === 'search';
    // A search without passages says so in words, which are no answer.
    const extracts = isSearch && outcome.sources.length === 0 ? [] : extractor.extract(outcome, EXTRACTS_PER_AGENT);
    found.push({ agent, isWeak: isSearch && fitsWeakly(outcome.result.text ?? ''), extracts });
  }
  const withText = found.filter(({ extracts }) => extracts.length > 0);
  const allWeak = withText.every(({ isWeak }) => isWeak);
  const shown = withText.filter(({ isWeak }) => allWeak || !isWeak);
  const unanswered = found
    .filter((one) => !shown.includes(one))
    .map(({ agent, extracts }) => nothingFrom(agent, extracts.length > 0, entryOf(question, agent)));
  if (shown.length > 0) {
    const paragraphs = shown.map(({ agent, extracts }) => paragraphOf(agent, extracts));
    return answer([...(allWeak ? ['Nothing fits well. Nearest to it:'] : []), ...paragraphs].join('\n\n'), unanswered);
  }
  return answer(unanswered.length > 0 ? 'Nothing found that fits the question.' : '', unanswered);
}

function entryOf(question: Question, agent: string): RosterEntry | undefined {
  return question.roster.find(({ name }) => name === agent);
}

function nothingFrom(agent: string, isNear: boolean, entry: RosterEntry | undefined): string {
  const nearest = (entry?.found ?? []).slice(0, NEAREST_NAMED).join(', ');
  return `${agent}: nothing found that fits${isNear ? ' well' : ''}${nearest === '' ? '' : ` (nearest: ${nearest})`}`;
}

function paragraphOf(agent: string, extracts: readonly Extract[]): string {
  return [`**${agent}**`, ...extracts.map((extract) => passageOf(agent, extract))].join('\n\n');
}

/** What it says with its source, and the lines of code under it. */
function passageOf(agent: string, { text, code, path, line, endLine }: Extract): string {
  const place = path === null ? `[${agent}]` : `[${agent}:${path}:${line}${endLine > line ? `-${endLine}` : ''}]`;
  const said = text === '' ? place : `${text} ${place}`;
  return code === null ? said : `${said}\n\n${fenced(code.language, code.lines)}`;
}

/** A fence longer than any in the lines, so that they cannot end it. */
function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}${language}`, ...lines, mark].join('\n');
}

function answer(markdown: string, unanswered: readonly string[]): Conclusion {
  return { next: 'answer', markdown, disagreements: [], unanswered };
}
