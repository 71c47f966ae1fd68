import type { z } from 'zod';
import { extractObject } from './decision-object.ts';
import { type DecisionShape, decisionShape } from './decision-schema.ts';
import type { Conclusion, DecidedAsk, Decision, Round } from './moderator.ts';

/** What a decision is checked against. */
export interface DecisionLimits {
  readonly agents: readonly string[];
  readonly rounds: readonly Round[];
  readonly asksLeft: number;
}

/** Problems are sentences for the mind's repair: they name places and known agents, never what the mind or an agent wrote. */
export type Reading<T> =
  | { readonly ok: true; readonly decision: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads what a mind printed when it was to decide. */
export function readDecision(text: string, limits: DecisionLimits): Reading<Decision> {
  const shape = readShape(text);
  if (!shape.ok) return shape;
  const data = shape.decision;
  if (data.next === 'ask') return readAsks(data, limits);
  if (data.next === 'answer') return readAnswer(data, limits);
  const question = data.question?.trim() ?? '';
  return question === ''
    ? refused('"question" is missing or empty.')
    : { ok: true, decision: { next: 'clarify', question } };
}

/** The same for `conclude`, where only an answer counts. */
export function readConclusion(text: string, limits: DecisionLimits): Reading<Conclusion> {
  const shape = readShape(text);
  if (!shape.ok) return shape;
  if (shape.decision.next !== 'answer') return refused('"next" must be "answer": no further asks are possible.');
  return readAnswer(shape.decision, limits);
}

function readShape(text: string): Reading<DecisionShape> {
  const found = extractObject(text);
  if (typeof found === 'string') return refused(found);
  const parsed = decisionShape.safeParse(found.object);
  return parsed.success
    ? { ok: true, decision: parsed.data }
    : refused(...parsed.error.issues.slice(0, 10).map(describeIssue));
}

function refused(...problems: readonly string[]): Reading<never> {
  return { ok: false, problems };
}

function readAnswer(data: DecisionShape, limits: DecisionLimits): Reading<Conclusion> {
  const { markdown, disagreements, unanswered } = data;
  if ((markdown ?? '').trim() === '') return refused('"markdown" is missing or empty.');
  return {
    ok: true,
    decision: {
      next: 'answer',
      markdown: markdown ?? '',
      disagreements: (disagreements ?? []).map(({ topic, positions }) => ({
        topic,
        positions: positions.map(({ agent, claim }) => ({ agent: knownName(agent, limits.agents) ?? agent, claim })),
      })),
      unanswered: unanswered ?? [],
    },
  };
}

function readAsks(data: DecisionShape, limits: DecisionLimits): Reading<Decision> {
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
  return problems.length > 0 ? refused(...problems) : { ok: true, decision: { next: 'ask', reason, asks } };
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
