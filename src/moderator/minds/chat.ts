import { AsyncLocalStorage } from 'node:async_hooks';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { UsageMetadata } from '@langchain/core/messages';
import { clean } from '../../clean.ts';
import { messageOf } from '../../errors.ts';
import type { Usage } from '../../usage.ts';
import { answerSoFar } from '../answer-so-far.ts';
import type { Mind } from '../moderator.ts';
import { CliFailure } from './cli-model.ts';
import { type Completion, type CompletionRequest, createPromptedMind } from './prompted.ts';

export interface ChatMindOptions {
  readonly name: string;
  /** Made for each call: a model that wraps a CLI has to know the call. */
  model(request: CompletionRequest): Promise<BaseChatModel>;
  readonly windowTokens: number | null;
  /** Whether LangChain may report to its tracing service as the environment says; otherwise it never does. */
  readonly tracing: boolean;
}

/** Any LangChain chat model as the moderator's mind. The text is validated by us, so a model needs no tools and no schema. */
export function createChatMind({ name, model, windowTokens, tracing }: ChatMindOptions): Mind {
  return createPromptedMind({
    name,
    windowTokens,
    async complete(request) {
      try {
        const chat = await model(request);
        const talk = () => converse(chat, request);
        return tracing ? await talk() : await untraced(talk);
      } catch (error) {
        return explain(error);
      }
    },
  });
}

async function converse(model: BaseChatModel, { prompt, call }: CompletionRequest): Promise<Completion> {
  const callbacks = call.onText === undefined ? [] : [showing(call.onText)];
  const message = await model.invoke(prompt, { callbacks, signal: call.signal });
  return { type: 'text', text: message.text, usage: usageOf(message) };
}

/**
 * Shows the answer while it is written. Models stream into a handler that prefers it; `model.stream` would leave the run that is
 * not traced.
 */
function showing(onText: (text: string) => void) {
  let written = '';
  let shown = '';
  return {
    lc_prefer_streaming: true,
    awaitHandlers: true,
    handleLLMNewToken(token: string) {
      written += token;
      const answer = answerSoFar(written);
      if (answer === null || !answer.startsWith(shown) || answer === shown) return;
      onText(answer.slice(shown.length));
      shown = answer;
    },
  };
}

function usageOf(message: {
  readonly usage_metadata?: UsageMetadata | undefined;
  readonly response_metadata: Readonly<Record<string, unknown>>;
}): Usage | null {
  const reported = message.usage_metadata;
  if (reported === undefined) return null;
  const { costUsd } = message.response_metadata;
  return {
    inputTokens: reported.input_tokens,
    outputTokens: reported.output_tokens,
    cachedTokens: reported.input_token_details?.cache_read ?? 0,
    costUsd: typeof costUsd === 'number' ? costUsd : null,
  };
}

/** Inside, LangChain finds a run that is not traced, and that outweighs every variable of the environment. */
async function untraced<T>(work: () => Promise<T>): Promise<T> {
  const { AsyncLocalStorageProviderSingleton } = await import('@langchain/core/singletons');
  AsyncLocalStorageProviderSingleton.initializeGlobalInstance(new AsyncLocalStorage());
  return AsyncLocalStorageProviderSingleton.runWithConfig({}, work);
}

/** An API's error as a reason and a sentence; a wrapped CLI's failure is handed through as it is. */
function explain(error: unknown): Extract<Completion, { readonly type: 'failure' }> {
  if (error instanceof CliFailure) return error.failure;
  const failed = (reason: string, message: string) => ({ type: 'failure', reason, message, usage: null }) as const;
  const status = property(error, 'status') ?? property(error, 'status_code');
  if (status === 401 || status === 403) {
    return failed('not-signed-in', `the key was refused (${status}); check its variable in the environment`);
  }
  if (status === 429) return failed('rate-limited', 'rate limited (429)');
  const code = property(error, 'code') ?? property(property(error, 'cause'), 'code');
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return failed('crashed', `nothing answers at its address (${code})`);
  return failed('crashed', clean(messageOf(error)).replaceAll(/\s+/g, ' ').slice(0, 300));
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
