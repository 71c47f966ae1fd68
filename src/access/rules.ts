import type { Author, Place, Right } from '../adapters/adapter.ts';
import type { Capabilities } from '../agents/provider.ts';
import type { AccessRule, Requester } from './access.ts';

/** Whom and where a check is about; null asks for any place. */
export interface Subject {
  readonly author: Pick<Author, 'id' | 'roles' | 'isBot'>;
  readonly place: Place | null;
}

/** One thing that somebody may do, and the first rule that says so. `rule` counts from 1, as in the file. */
export interface Grant {
  readonly right: Right;
  readonly agent: string;
  readonly rule: number;
}

const rights: readonly Right[] = ['read', 'write', 'approve', 'admin'];

/** The terminal's user is the machine's user. */
function isTerminal(place: Place | null): boolean {
  return place?.surface === 'terminal';
}

/**
 * Whether somebody may do something, here. With an agent's name (or `agent/branch`): with that agent. Without: with some agent, which
 * is enough to look at a command at all. With null: what belongs to no single agent (adding one, groups, others' queue), which only
 * a rule for all agents allows. The terminal may do everything; anywhere else nothing is allowed until a rule says so.
 */
export function allowed(
  rules: readonly AccessRule[],
  requester: Requester,
  right: Right,
  agent?: string | null,
): boolean {
  return isTerminal(requester.place) || allowingRules(rules, requester, right, agent).length > 0;
}

/** Whether the rules let anybody at all do it in this place, with this agent. */
export function somebodyMay(rules: readonly AccessRule[], place: Place, right: Right, agent: string): boolean {
  return (
    isTerminal(place) ||
    rules.some((rule) => rule.may.includes(right) && matchesPlace(rule, place) && coversAgent(rule, agent))
  );
}

/** Numbers (from 1) of the rules that allow it, in the order of the file; the terminal needs none. */
export function allowingRules(
  rules: readonly AccessRule[],
  subject: Subject,
  right: Right,
  agent?: string | null,
): readonly number[] {
  return rules.flatMap((rule, index) =>
    rule.may.includes(right) && matches(rule, subject) && coversAgent(rule, agent) ? [index + 1] : [],
  );
}

/**
 * Whether somebody may put a reading question to an agent. A provider whose read-only is only advisory could write all the same, so
 * on shared surfaces it takes the right `write` as well.
 */
export function mayQuestion(
  rules: readonly AccessRule[],
  requester: Requester,
  agent: string,
  readOnly: Capabilities['readOnly'],
): boolean {
  if (!allowed(rules, requester, 'read', agent)) return false;
  return readOnly === 'enforced' || allowed(rules, requester, 'write', agent);
}

/** All that somebody may do with these agents, for `/access check`. On the terminal, rules do not come into it. */
export function grantsOf(rules: readonly AccessRule[], subject: Subject, agents: readonly string[]): readonly Grant[] {
  return rights.flatMap((right) =>
    agents.flatMap((agent) => {
      const rule = allowingRules(rules, subject, right, agent)[0];
      return rule === undefined ? [] : [{ right, agent, rule }];
    }),
  );
}

function matches(rule: AccessRule, { author, place }: Subject): boolean {
  if (isTerminal(place)) return false;
  const isNamed = rule.users?.includes(author.id) ?? false;
  // Authority comes from people: what another program posts counts only where a rule names that program.
  if (author.isBot && !isNamed) return false;
  return (
    (rule.users === undefined || isNamed) &&
    (rule.roles?.some((role) => author.roles.includes(role)) ?? true) &&
    (place === null || matchesPlace(rule, place))
  );
}

function matchesPlace(rule: AccessRule, place: Place): boolean {
  const { surface = '*' } = rule;
  return (surface === '*' || surface === place.surface) && (rule.channels?.includes(place.channel) ?? true);
}

function coversAgent(rule: AccessRule, agent: string | null | undefined): boolean {
  if (rule.agents === undefined || agent === undefined) return true;
  if (agent === null) return false;
  const [name = ''] = agent.toLowerCase().split('/');
  return rule.agents.some((allowedName) => allowedName.toLowerCase() === name);
}
