import { randomUUID } from 'node:crypto';
import type { AgentProvider } from '../../agents/provider.ts';
import type { Mind } from '../moderator.ts';
import { createPromptedMind } from './prompted.ts';
import { complete, emptyDirectory, type RunProvider } from './provider-call.ts';

export interface CommandMindOptions {
  readonly argv: readonly string[];
  /** The `command` provider. */
  readonly provider: AgentProvider;
  readonly run: RunProvider;
  /** A directory of ours that is kept empty; the command runs there. */
  readonly directory: string;
}

/** Any program as the moderator's mind: the whole prompt on stdin, the decision on stdout, `TUTTI_PHASE` and `TUTTI_ROUND` beside. */
export function createCommandMind({ argv, provider, run, directory }: CommandMindOptions): Mind {
  return createPromptedMind({
    name: 'command',
    windowTokens: null,
    async complete({ phase, round, prompt, question, call }) {
      await emptyDirectory(directory);
      const turn = {
        prompt,
        access: 'none',
        directory,
        resume: null,
        session: randomUUID(),
        model: null,
        args: [],
        command: argv,
        attachments: question.attachments,
        budgetUsd: call.usdLeft,
        schema: null,
        agent: 'tutti',
        conversation: question.conversation,
        turnId: question.turnId,
        askId: call.id,
      } as const;
      const variables = { TUTTI_PHASE: phase, TUTTI_ROUND: String(round) };
      return complete(provider, turn, run, { signal: call.signal, variables, started: call.started });
    },
  });
}
