import { AsyncLocalStorage } from 'node:async_hooks';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import { clean } from '../../clean.ts';
import { messageOf } from '../../errors.ts';
import type { Usage } from '../../usage.ts';
import { answerSoFar } from '../answer-so-far.ts';
import type { Mind } from '../moderator.ts';
import { type Completion, type CompletionRequest, createPromptedMind } from './prompted.ts';

export interface ChatMindOptions {
  readonly name: string;
  /** Made for each call: a model that wraps a CLI has to know the call. */
  model(request: CompletionRequest): Promise<BaseChatModel>;
  readonly windowTokens: number | null;
  /** The model ends by itself when the call is aborted, and not before its process has: LangChain must not give up on it earlier. */
  readonly endsWithCall?: boolean;
  /** Whether LangChain may report to its tracing service as the environment says; otherwise it never does. */
  readonly tracing: boolean;
}

/** Any LangChain chat model as the moderator's mind. The text is validated by us, so a model needs no tools and no schema. */
export function createChatMind({ name, model, windowTokens, tracing, endsWithCall = false }: ChatMindOptions): Mind {
  return createPromptedMind({
    name,
    windowTokens,
    async complete(request) {
      try {
        const chat = await model(request);
        const signal = endsWithCall ? undefined : request.call.signal;
        const talk = () => converse(chat, request, signal);
        return tracing ? await talk() : await untraced(talk);
      } catch (error) {
        return { type: 'failure', ...explain(error), usage: null };
      }
    },
  });
}

async function converse(
  model: BaseChatModel,
  { prompt, call }: CompletionRequest,
  signal: AbortSignal | undefined,
): Promise<Completion> {
  let whole: AIMessageChunk | null = null;
  let shown = '';
  for await (const chunk of await model.stream(prompt, signal === undefined ? {} : { signal })) {
    whole = whole === null ? chunk : whole.concat(chunk);
    const answer = answerSoFar(whole.text);
    if (answer === null || answer === shown) continue;
    shown = answer;
    call.onText?.(answer);
  }
  return { type: 'text', text: whole?.text ?? '', usage: whole === null ? null : usageOf(whole) };
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
function explain(error: unknown): { readonly reason: string; readonly message: string } {
  const reason = property(error, 'reason');
  if (typeof reason === 'string') return { reason, message: messageOf(error) };
  const status = property(error, 'status') ?? property(error, 'status_code');
  if (status === 401 || status === 403) {
    return {
      reason: 'not-signed-in',
      message: `the key was refused (${status}); check its variable in the environment`,
    };
  }
  if (status === 429) return { reason: 'rate-limited', message: 'rate limited (429)' };
  return { reason: 'crashed', message: clean(messageOf(error)).replaceAll(/\s+/g, ' ').slice(0, 300) };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
