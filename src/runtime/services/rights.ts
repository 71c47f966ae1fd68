import type { AccessRule } from '../../access/access.ts';
import { allowed, grantsOf, somebodyMay } from '../../access/rules.ts';
import { visibilityFor } from '../../access/visibility.ts';
import type { RightsService } from '../../commands/services.ts';

/** The rules of the configuration, asked by commands and by the runtime. */
export function createRightsService(
  rules: readonly AccessRule[],
  agents: () => Promise<readonly string[]>,
): RightsService {
  return {
    may: (requester, right, agent) => allowed(rules, requester, right, agent),
    somebody: (place, right, agent) => somebodyMay(rules, place, right, agent),
    visible: async (requester, conversation) => visibilityFor(rules, requester, conversation, await agents()),
    check: async (user) =>
      grantsOf(rules, { author: { id: user, roles: [], isBot: false }, place: null }, await agents()),
    rules: () => rules.map(ruleText),
  };
}

function ruleText(rule: AccessRule): string {
  const parts = [
    rule.surface === undefined || rule.surface === '*' ? 'anywhere' : `on ${rule.surface}`,
    ...(rule.channels === undefined ? [] : [`in ${rule.channels.join(', ')}`]),
    rule.users === undefined && rule.roles === undefined
      ? 'everybody'
      : [...(rule.users ?? []), ...(rule.roles ?? []).map((role) => `role ${role}`)].join(', '),
    `may ${rule.may.join(', ')}`,
    rule.agents === undefined ? 'with all agents' : `with ${rule.agents.map((agent) => `@${agent}`).join(', ')}`,
  ];
  return parts.join(' ');
}
