import type { QuestionRequest } from '../commands/command.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** What was found in the text: names that exist, and names that were probably meant. */
export interface Addressed {
  readonly names: readonly string[];
  readonly everyone: boolean;
  /** The one agent that the message opens with while it mentions no other, and the text without it. */
  readonly direct: { readonly name: string; readonly text: string } | null;
  /** A sentence for people about names that could not be understood, or null. */
  readonly unclear: string | null;
}

/** The agents as far as this person, here, has to do with them. */
export interface Reachable {
  /** All configured agents, in order. */
  readonly agents: readonly string[];
  /** Every agent, group and agent/branch that may be written. */
  readonly names: readonly string[];
  /** Agents that a name stands for (a group's, or the one); empty when there is none. */
  expand(name: string): readonly string[];
  mayRead(agent: string): boolean;
  /** Whether its provider could write although it is told not to: then asking takes the right `write` as well. */
  advisory(agent: string): boolean;
  mayWrite(agent: string): boolean;
  /** Whether the agent is configured never to write (`access: read`). */
  readsOnly(agent: string): boolean;
}

export type Plan =
  | { readonly kind: 'clarify'; readonly question: string }
  | {
      readonly kind: 'ask';
      readonly text: string;
      readonly agents: readonly string[];
      readonly direct: string | null;
      readonly mayWrite: readonly string[];
      readonly notice: string | null;
    };

/**
 * Whom a question may be put to, and who of them may write: decided from what the person wrote and may do, never from what a
 * model says. Throws a UserError where nothing can be asked: `denied` (exit 4), `no-agents`, `unknown-agent` (exit 2).
 */
export function planQuestion(request: QuestionRequest, addressed: Addressed, reachable: Reachable): Plan {
  if (addressed.unclear !== null && request.to === null) return { kind: 'clarify', question: addressed.unclear };
  const written = request.to === null ? request.agents : [request.to];
  const named = unique([
    ...written.flatMap((name) => expandOrRefuse(name, reachable)),
    ...addressed.names.flatMap(reachable.expand),
  ]);
  const candidates = candidatesFor(request, named, reachable);
  const mayWrite = request.write ? writers(named, reachable) : [];
  const direct = request.to === null ? directAgent(addressed, candidates) : (candidates[0] ?? null);
  return {
    kind: 'ask',
    text: direct !== null && addressed.direct?.name === direct ? addressed.direct.text : request.text,
    agents: candidates,
    direct,
    mayWrite,
    notice:
      request.write && named.length === 0
        ? 'Nobody was named, so nothing may be written: --write needs an agent or a group.'
        : null,
  };
}

function expandOrRefuse(name: string, reachable: Reachable): readonly string[] {
  const bare = name.startsWith('@') ? name.slice(1) : name;
  if (bare.toLowerCase() === 'all') return [];
  const agents = reachable.expand(bare);
  if (agents.length > 0) return agents;
  const near = nearest(bare, reachable.names);
  const hint =
    near.length > 0 ? `Did you mean ${near.slice(0, 3).join(', ')}?` : `There are: ${reachable.names.join(', ')}.`;
  throw new UserError('unknown-agent', `There is no agent or group "${bare}".`, { hint, exit: 2 });
}

function candidatesFor(request: QuestionRequest, named: readonly string[], reachable: Reachable): readonly string[] {
  if (reachable.agents.length === 0) {
    throw new UserError('no-agents', 'There is no agent to ask.', {
      hint: 'Add one to the configuration, or with /agents add NAME DIRECTORY.',
      exit: 2,
    });
  }
  const asked = named.length > 0 ? named : reachable.agents;
  const readable = asked.filter(reachable.mayRead);
  const refused = asked.filter((agent) => !reachable.mayRead(agent));
  if (named.length > 0 && refused.length > 0) {
    throw new UserError('denied', `You may not ask ${refused.map((agent) => `@${agent}`).join(', ')} here.`, {
      hint: rightToAsk(refused, reachable),
      exit: 4,
    });
  }
  if (readable.length === 0)
    throw new UserError('denied', 'You may not ask any agent here.', { hint: rightToAsk(asked, reachable), exit: 4 });
  return request.to === null ? readable : readable.slice(0, 1);
}

function writers(named: readonly string[], reachable: Reachable): readonly string[] {
  const refused = named.filter((agent) => !reachable.mayWrite(agent));
  if (refused.length > 0) {
    throw new UserError('denied', `You may not let ${refused.map((agent) => `@${agent}`).join(', ')} write here.`, {
      hint: askForRight('write'),
      exit: 4,
    });
  }
  const readOnly = named.filter(reachable.readsOnly);
  if (readOnly.length > 0) {
    throw new UserError(
      'denied',
      `${readOnly.map((agent) => `@${agent}`).join(', ')} never writes: its access is "read".`,
      {
        hint: 'Ask without --write, or set "access: edit" for it in the configuration.',
        exit: 4,
      },
    );
  }
  return named;
}

function rightToAsk(agents: readonly string[], reachable: Reachable): string {
  if (!agents.some(reachable.advisory)) return askForRight('read');
  return `Their providers are only told not to write, so asking them here takes "read" and "write". ${askForRight('read, write')}`;
}

function askForRight(right: string): string {
  return `Whoever keeps the configuration can add a rule with "may: [${right}]" under "access".`;
}

/** The direct path: the message opens with one agent and mentions no other, or only one is left to ask. */
function directAgent(addressed: Addressed, candidates: readonly string[]): string | null {
  const opened = addressed.direct?.name ?? null;
  if (opened !== null && candidates.includes(opened)) return opened;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
