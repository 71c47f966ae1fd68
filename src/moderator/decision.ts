import { z } from 'zod';
import type { Conclusion, DecidedAsk, Decision, Round } from './moderator.ts';

/** What a decision is checked against. */
export interface DecisionLimits {
  readonly phase: 'decide' | 'conclude';
  readonly agents: readonly string[];
  readonly rounds: readonly Round[];
  readonly asksLeft: number;
}

export type Reading<T> =
  | { readonly ok: true; readonly decision: T }
  | { readonly ok: false; readonly problems: readonly string[] };

const ask = z.object({
  agent: z.string(),
  prompt: z.string(),
  after: z.array(z.string()).nullish(),
  final: z.boolean().nullish(),
});

const position = z.object({ agent: z.string(), claim: z.string() });

/** One flat object for all three kinds: CLIs and APIs that enforce a schema refuse unions at its root. */
const shape = z.object({
  next: z.enum(['ask', 'answer', 'clarify']),
  reason: z.string().nullish(),
  asks: z.array(ask).nullish(),
  markdown: z.string().nullish(),
  disagreements: z.array(z.object({ topic: z.string(), positions: z.array(position) })).nullish(),
  unanswered: z.array(z.string()).nullish(),
  question: z.string().nullish(),
});

type Shape = z.infer<typeof shape>;

/** The object of `decide` as a JSON schema that strict interfaces take: flat, every key required, null where it does not apply. */
export const decisionSchema: object = strictSchema(['ask', 'answer', 'clarify']);

/** The same for `conclude`. */
export const conclusionSchema: object = strictSchema(['answer']);

function strictSchema(next: readonly string[]): object {
  const text = { type: ['string', 'null'] };
  const list = (items: object) => ({ type: ['array', 'null'], items });
  const object = (properties: Readonly<Record<string, object>>) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  const string = { type: 'string' };
  return object({
    next: { type: 'string', enum: next },
    reason: text,
    asks: list(object({ agent: string, prompt: string, after: list(string), final: { type: ['boolean', 'null'] } })),
    markdown: text,
    disagreements: list(
      object({ topic: string, positions: { type: 'array', items: object({ agent: string, claim: string }) } }),
    ),
    unanswered: list(string),
    question: text,
  });
}

/**
 * Reads what a mind printed: the object bare, or in a ```json fence with prose round it. The problems are sentences for the
 * mind's repair; they name places and known agents, never what the mind or an agent wrote.
 */
export function readDecision(text: string, limits: DecisionLimits): Reading<Decision> {
  const found = extractObject(text);
  if (typeof found === 'string') return { ok: false, problems: [found] };
  const parsed = shape.safeParse(found.object);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.slice(0, 10).map(describeIssue) };
  return readShape(parsed.data, limits);
}

/** The same for `conclude`, where only an answer counts. */
export function readConclusion(text: string, limits: DecisionLimits): Reading<Conclusion> {
  const reading = readDecision(text, limits);
  if (!reading.ok) return reading;
  if (reading.decision.next === 'answer') return { ok: true, decision: reading.decision };
  return { ok: false, problems: ['"next" must be "answer": no further asks are possible.'] };
}

function readShape(data: Shape, limits: DecisionLimits): Reading<Decision> {
  if (limits.phase === 'conclude' && data.next !== 'answer') {
    return { ok: false, problems: ['"next" must be "answer": no further asks are possible.'] };
  }
  if (data.next === 'ask') return readAsks(data, limits);
  if (data.next === 'clarify') {
    const question = data.question?.trim() ?? '';
    if (question === '') return { ok: false, problems: ['"question" is missing or empty.'] };
    return { ok: true, decision: { next: 'clarify', question } };
  }
  if ((data.markdown ?? '').trim() === '') return { ok: false, problems: ['"markdown" is missing or empty.'] };
  return {
    ok: true,
    decision: {
      next: 'answer',
      markdown: data.markdown ?? '',
      disagreements: (data.disagreements ?? []).map(({ topic, positions }) => ({
        topic,
        positions: positions.map(({ agent, claim }) => ({ agent: knownName(agent, limits.agents) ?? agent, claim })),
      })),
      unanswered: data.unanswered ?? [],
    },
  };
}

function readAsks(data: Shape, limits: DecisionLimits): Reading<Decision> {
  const written = data.asks ?? [];
  const problems: string[] = [];
  const reason = data.reason?.trim() ?? '';
  if (written.length === 0) problems.push('"asks" is missing or empty.');
  if (written.length > limits.asksLeft) {
    problems.push(`"asks" has ${written.length} entries, but only ${limits.asksLeft} are left.`);
  }
  if (reason === '' && limits.rounds.length > 0) {
    problems.push('"reason" is missing: every round after the first needs one.');
  }
  const asks = written.map((entry, index): DecidedAsk => {
    const agent = knownName(entry.agent, limits.agents);
    if (agent === null) problems.push(`asks[${index}].agent is not one of: ${limits.agents.join(', ')}.`);
    if (entry.prompt.trim() === '') problems.push(`asks[${index}].prompt is empty.`);
    const after = (entry.after ?? []).map((name) => knownName(name, limits.agents) ?? '');
    return { agent: agent ?? '', prompt: entry.prompt, after: [...new Set(after)], final: entry.final === true };
  });
  problems.push(...checkAsks(asks, limits.rounds));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, decision: { next: 'ask', reason, asks } };
}

function checkAsks(asks: readonly DecidedAsk[], rounds: readonly Round[]): readonly string[] {
  const problems: string[] = [];
  const agents = asks.map((entry) => entry.agent);
  for (const [index, entry] of asks.entries()) {
    if (entry.agent !== '' && agents.indexOf(entry.agent) < index) {
      problems.push(`asks[${index}] asks an agent that this round asks already; one ask per agent and round.`);
    }
    if (entry.after.some((name) => name === '' || !agents.includes(name))) {
      problems.push(`asks[${index}].after may only name agents of this round.`);
    }
    if (entry.final && asks.length > 1) problems.push(`asks[${index}].final is only possible for a single ask.`);
    const repeated = repetition(entry, rounds);
    if (repeated !== null) problems.push(`asks[${index}] ${repeated}`);
  }
  if (hasCycle(asks)) problems.push('"after" goes in a circle.');
  return problems;
}

/** The same prompt to the same agent: never again once answered, once more after a failure. */
function repetition(entry: DecidedAsk, rounds: readonly Round[]): string | null {
  const earlier = rounds
    .flatMap((round) => round.asks)
    .filter((past) => past.agent === entry.agent && sameWords(past.prompt, entry.prompt))
    .map((past) => past.outcome.result.status);
  if (earlier.includes('answered')) return 'repeats a prompt that this agent has answered already.';
  const tries = earlier.filter((status) => status !== 'skipped').length;
  return tries >= 2 ? 'repeats a prompt that failed twice with this agent.' : null;
}

function sameWords(one: string, other: string): boolean {
  return one.replaceAll(/\s+/g, ' ').trim() === other.replaceAll(/\s+/g, ' ').trim();
}

function hasCycle(asks: readonly DecidedAsk[]): boolean {
  const left = new Map(asks.map((entry) => [entry.agent, entry.after]));
  for (;;) {
    const free = [...left].filter(([, after]) => after.every((name) => !left.has(name)));
    if (free.length === 0) return left.size > 0;
    for (const [agent] of free) left.delete(agent);
  }
}

function knownName(written: string, agents: readonly string[]): string | null {
  const bare = written.trim().replace(/^@/, '').toLowerCase();
  return agents.find((agent) => agent.toLowerCase() === bare) ?? null;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const where = place === '' ? 'The object' : `"${place.replace(/^\./, '')}"`;
  if (issue.code === 'invalid_type') return `${where} is missing or no ${issue.expected}.`;
  return issue.code === 'invalid_value' ? `${where} must be "ask", "answer" or "clarify".` : `${where} is malformed.`;
}

/** The one JSON object in a mind's output, or what is wrong with it. */
function extractObject(text: string): { readonly object: unknown } | string {
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
