import type { Access } from '../agents/provider.ts';
import { conversationSoFar } from './conversation.ts';
import { fence, fenceRule } from './fence.ts';
import type { ConversationMessage } from './moderator.ts';

/** What an agent is told with one ask. */
export interface AgentRequest {
  readonly agent: string;
  readonly access: Access;
  readonly prompt: string;
  /** What of the conversation the agent has to know and does not yet. */
  readonly context: readonly ConversationMessage[];
  /** Replies of the agents that this ask waited for, verbatim. */
  readonly replies: readonly { readonly agent: string; readonly text: string }[];
}

/** The full text for an agent's provider; the request itself comes last. `boundary` is a fresh random word. */
export function agentPrompt(request: AgentRequest, boundary: string): string {
  const context = conversationSoFar(request.context);
  const foreign = [
    ...(context === '' ? [] : [fence(boundary, 'the conversation so far', context)]),
    ...request.replies.map((reply) => fence(boundary, `what the agent ${reply.agent} answered`, reply.text)),
  ];
  return [
    rules(request),
    ...(foreign.length === 0 ? [] : [fenceRule(boundary), ...foreign]),
    `Request:\n${request.prompt}`,
  ].join('\n\n');
}

function rules(request: AgentRequest): string {
  const mayWrite = request.access !== 'read' && request.access !== 'none';
  return [
    `You are asked as "${request.agent}", the agent of the project in this directory.`,
    'Give `path:line` or `path:line-line`, relative to this directory, for everything you claim about its files.',
    'Say plainly what you could not find out; do not guess.',
    mayWrite
      ? 'You may change files in this directory as far as the request needs it.'
      : 'This is a question: only read. Do not change, create or remove anything.',
  ].join('\n');
}
