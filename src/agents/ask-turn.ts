import type { AskRequest } from './ask.ts';
import type { AskPlan } from './plan-ask.ts';
import type { Turn } from './provider.ts';

/** What a provider is told of an ask. `recent` goes before the prompt: a session that takes the place of a lost one has to be told. Pure. */
export function turnOf(request: AskRequest, plan: AskPlan, recent: string | null = null): Turn {
  const { agent, provider, key } = plan;
  return {
    // A search looks for the words of the question, and for nothing that was said around them.
    prompt: provider.capabilities.extractive ? request.words : promptOf(request, recent),
    access: request.access,
    directory: key.directory,
    resume: plan.resume,
    session: plan.session,
    model: request.model ?? agent.model,
    args: plan.args,
    command: agent.command,
    attachments: request.attachments,
    budgetUsd: request.budgetUsd,
    schema: null,
    agent: request.agent,
    conversation: request.conversation,
    turnId: request.turnId,
    askId: request.askId,
  };
}

function promptOf({ prompt, attachments }: AskRequest, recent: string | null): string {
  const files = attachments.map(({ path, type }) => `- ${path.replace(/[\r\n]/g, ' ')} (${type})`);
  const parts = [recent ?? '', prompt, files.length === 0 ? '' : `Attached files:\n${files.join('\n')}`];
  return parts.filter((part) => part !== '').join('\n\n');
}
