import type { QualityQuestion } from './question.ts';

/** What came back for one question. */
export interface Reply {
  /** The answer; of a fan-out without a moderator the reply of each agent, which stand side by side. */
  readonly texts: readonly { readonly agent: string | null; readonly text: string }[];
  readonly citations: readonly CitedFile[];
  readonly modelCalls: number;
  readonly turns: number;
  readonly tokens: number;
  readonly wallMs: number;
  /** No model was involved: everything is quoted. */
  readonly extractive: boolean;
  /** Why there is no answer, or not all of it; null where nothing failed. */
  readonly problem: string | null;
}

export interface CitedFile {
  readonly project: string;
  readonly path: string;
  readonly verified: boolean;
}

export interface Score {
  readonly right: boolean;
  /** Says what only a distractor says. */
  readonly misled: boolean;
  /** Different files that were cited, and those of them that the answer rests on; 0 and 0 where nothing can be cited. */
  readonly cited: number;
  readonly citedRight: number;
  readonly gold: number;
  readonly goldCited: number;
  readonly citations: number;
  readonly verified: number;
}

/** Judges one reply by the gold answer, without a model: the same reply always gets the same score. */
export function scoreReply(question: QualityQuestion, reply: Reply): Score {
  const said = reply.texts.map(({ text }) => withoutPlaces(isQuotedNothing(text, reply) ? '' : text)).join('\n');
  const places = [...new Set(reply.citations.map(keyOf))];
  const withPlaces = `${said}\n${places.join('\n')}`;
  const misled = (question.traps ?? []).some((trap) => trap.test(withPlaces));
  const gold = question.gold.map(keyOf);
  const accepted = new Set([...gold, ...(question.also ?? [])]);
  return {
    right: !misled && question.facts.every((fact) => fact.test(withPlaces)) && saysWhatIsMissing(question, reply),
    misled,
    cited: gold.length === 0 ? 0 : places.length,
    citedRight: places.filter((place) => accepted.has(place)).length,
    gold: gold.length,
    goldCited: gold.filter((place) => places.includes(place)).length,
    citations: reply.citations.length,
    verified: reply.citations.filter(({ verified }) => verified).length,
  };
}

function keyOf({ project, path }: { readonly project: string; readonly path: string }): string {
  return `${project}:${path}`;
}

/** Numbers of lines and of sources are no part of what is said. */
function withoutPlaces(text: string): string {
  return text.replace(/(\.\w+):\d+(?:[-–]\d+)?/g, '$1').replace(/\[\d+\]/g, '');
}

const quotedNothing = /nothing found that fits/i;
const saidNothing =
  /\bnothing\b|\bnowhere\b|\bunknown\b|\bno (?:such|mention|evidence|sign|trace|support|code|information|indication|reference|implementation|logic|setting|variable|environment|approval|manager|weekday|cipher|encryption|tax)|\b(?:does|do|did|is|are|was|were|has|have|can|could)(?:n['’]t| not)\b|\bcannot\b|\bnot (?:found|mentioned|specified|defined|documented|present|supported|stated|named|encrypted)|\bwithout (?:any )?(?:approval|encryption)/i;

/** The nearest files, named where nothing fits, are no answer. */
function isQuotedNothing(text: string, { extractive }: Reply): boolean {
  return extractive && /^\W*nothing found that fits/i.test(text);
}

/** What stands nowhere must be said to be missing, by everybody who was asked about it. What is quoted says nothing about that. */
function saysWhatIsMissing({ absent }: QualityQuestion, { texts, extractive }: Reply): boolean {
  if (absent === undefined) return true;
  const asked = texts.filter(({ agent }) => agent === null || absent.projects.includes(agent));
  const pattern = extractive ? quotedNothing : saidNothing;
  return asked.length > 0 && asked.every(({ text }) => pattern.test(withoutAsides(text)));
}

/** That one of several projects has nothing does not say that none has. */
function withoutAsides(text: string): string {
  return text.replace(/^\W*[\w-]+: nothing found that fits\W*$/gim, '');
}
