import { randomUUID } from 'node:crypto';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { StandardMessageStructure } from '@langchain/core/messages';
import type { AgentProvider, Turn } from '../../agents/provider.ts';
import type { Completion, CompletionRequest } from './prompted.ts';
import { complete, emptyDirectory, type RunProvider } from './provider-call.ts';

export interface CliModelOptions {
  readonly provider: AgentProvider;
  readonly run: RunProvider;
  /** A directory of ours that is kept empty; the CLI runs there, without tools. */
  readonly directory: string;
}

/** How a CLI's failure goes through LangChain, with the provider's reason and what was used until then. */
export class CliFailure extends Error {
  readonly failure: Extract<Completion, { readonly type: 'failure' }>;

  constructor(failure: Extract<Completion, { readonly type: 'failure' }>) {
    super(failure.message);
    this.name = 'CliFailure';
    this.failure = failure;
  }
}

/**
 * A coding CLI as a LangChain chat model, so that the user's own sign-in serves: one fresh session per call, access `none`. It
 * implements `_generate` only; it throws a `CliFailure`.
 */
export async function createCliModel(options: CliModelOptions, request: CompletionRequest): Promise<BaseChatModel> {
  const [{ BaseChatModel }, { AIMessage }] = await Promise.all([
    import('@langchain/core/language_models/chat_models'),
    import('@langchain/core/messages'),
  ]);
  const { provider, run, directory } = options;

  class CliModel extends BaseChatModel {
    override _llmType(): string {
      return `cli-${provider.name}`;
    }

    override async _generate(messages: Parameters<BaseChatModel['_generate']>[0]) {
      await emptyDirectory(directory);
      const prompt = messages.map((message) => message.text).join('\n\n');
      const { signal, started } = request.call;
      const completion = await complete(provider, turnOf(prompt), run, { signal, variables: {}, started });
      if (completion.type === 'failure') {
        throw new CliFailure(completion);
      }
      const { text, usage } = completion;
      const message = new AIMessage<StandardMessageStructure>({
        content: text,
        ...(usage === null
          ? {}
          : {
              usage_metadata: {
                input_tokens: usage.inputTokens,
                output_tokens: usage.outputTokens,
                total_tokens: usage.inputTokens + usage.outputTokens,
                input_token_details: { cache_read: usage.cachedTokens },
              },
              response_metadata: { costUsd: usage.costUsd },
            }),
      });
      return { generations: [{ text, message }] };
    }
  }

  function turnOf(prompt: string): Turn {
    return {
      prompt,
      access: 'none',
      directory,
      resume: null,
      session: randomUUID(),
      model: null,
      args: [],
      command: null,
      attachments: [],
      budgetUsd: request.call.usdLeft,
      schema: request.schema,
      agent: 'tutti',
      conversation: request.question.conversation,
      turnId: request.question.turnId,
      askId: request.call.id,
    };
  }

  return new CliModel({ maxRetries: 0 });
}
