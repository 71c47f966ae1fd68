import type { AgentProvider, FailureReason } from './provider.ts';

/** What went wrong, for a sentence to people. */
export interface FailureFacts {
  readonly reason: FailureReason;
  /** The provider's own words, or the runner's. */
  readonly message: string;
  /** As it is addressed. */
  readonly agent: string;
  readonly provider: AgentProvider;
  /** The program, where the agent names its own. */
  readonly program: string;
}

/** What happened, to whom, and what to do next. Pure. */
export function explainFailure(facts: FailureFacts): string {
  const message = facts.message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  const { agent, provider, program } = facts;
  const again = `/retry ${agent}`;
  switch (facts.reason) {
    case 'not-installed':
      return `${program} is not installed (${message}). ${hint(provider.installHint, 'Install it')}, then ${again}.`;
    case 'not-signed-in':
      return `${program} is not signed in (${message}). ${hint(provider.signInHint, 'Sign in on this machine')}, then ${again}.`;
    case 'rate-limited':
      return `${program} is rate-limited (${message}). Wait a moment, then ${again}.`;
    case 'quota':
      return `The quota of ${program} is used up (${message}). Wait until it is renewed or raise it, then ${again}.`;
    case 'budget':
      return `${agent} reached its budget (${message}). Raise it in the configuration, or ask for less.`;
    case 'context-full':
      return `The session of ${agent} is full (${message}). Begin a new one with \`/agents reset ${agent}\`, then ${again}.`;
    case 'unknown-session':
      return `The session of ${agent} is lost (${message}). Begin a new one with \`/agents reset ${agent}\`, then ${again}.`;
    case 'silent':
      return `${agent} fell silent (${message}) and was ended. Try ${again}, or give it more time with \`silence\` in the configuration.`;
    case 'timed-out':
      return `${agent} took too long (${message}) and was ended. Ask for less, or give it more time with \`timeout\` in the configuration.`;
    case 'cancelled':
      return `${agent} was stopped.`;
    case 'denied':
      return `${agent} was not allowed to go on (${message}).`;
    case 'wrong-mode':
      return `${agent} was ended at once (${message}): it might have written. Look at the settings of ${program}.`;
    case 'crashed':
      return `${program} failed for ${agent}: ${message}. Try ${again}.`;
  }
}

function hint(known: string | undefined, otherwise: string): string {
  return (known ?? otherwise).replace(/\.$/, '');
}
