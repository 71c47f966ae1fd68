import { type ApiFailure, apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech } from '../reader-parts.ts';

interface State {
  readonly speech: Speech;
  /** A new message has begun, and nothing of it was said yet. */
  between: boolean;
  /** What the last try failed with: it is tried again, or it was all. */
  error: ApiFailure | null;
}

/** Reads `pi --mode json`. Its exit code says nothing: a turn that failed ends with 0 as well. */
export function piReader(): LineReader {
  const state: State = { speech: createSpeech(), between: false, error: null };
  const tools = createToolCalls();
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'session': {
          const id = stringOf(event.id);
          return id === null ? [] : [{ type: 'session', id }];
        }
        case 'message_start':
          state.between = true;
          return [];
        case 'message_update':
          return say(objectOf(event.assistantMessageEvent), state);
        case 'message_end':
          return usageOf(objectOf(event.message));
        case 'tool_execution_start':
          return tools.start(event.toolCallId, event.toolName, event.args);
        case 'tool_execution_end':
          return tools.end(event.toolCallId);
        case 'auto_retry_start':
          return [retryOf(event)];
        case 'agent_end':
          return ending(event, state);
        default:
          return [];
      }
    },
    diagnose: (exit) => state.error ?? diagnose(exit),
  };
}

function say(update: JsonObject | null, state: State): readonly ProviderEvent[] {
  if (update?.type !== 'text_delta') return [];
  const begins = state.between;
  state.between = false;
  return state.speech(update.delta, begins);
}

function usageOf(message: JsonObject | null): readonly ProviderEvent[] {
  const usage = objectOf(message?.usage);
  const input = numberOf(usage?.input) ?? 0;
  const cached = numberOf(usage?.cacheRead) ?? 0;
  const written = numberOf(usage?.cacheWrite) ?? 0;
  if (message?.role !== 'assistant' || input + cached + written === 0) return [];
  const cost = numberOf(objectOf(usage?.cost)?.total);
  return [
    {
      type: 'usage',
      inputTokens: input + cached + written,
      outputTokens: numberOf(usage?.output) ?? 0,
      cachedTokens: cached,
      ...(cost === null ? {} : { costUsd: cost }),
    },
  ];
}

function retryOf(event: JsonObject): ProviderEvent {
  const { reason, message } = apiFailure(stringOf(event.errorMessage) ?? 'The call failed');
  return {
    type: 'retry',
    attempt: numberOf(event.attempt) ?? 1,
    maxAttempts: numberOf(event.maxAttempts),
    waitMs: numberOf(event.delayMs),
    message,
    reason,
  };
}

function ending(event: JsonObject, state: State): readonly ProviderEvent[] {
  const last = objectsOf(event.messages).findLast((message) => message.role === 'assistant');
  if (last === undefined) return [];
  if (last.stopReason === 'error' || last.stopReason === 'aborted') {
    const failure = apiFailure(stringOf(last.errorMessage) ?? 'The call failed');
    state.error = last.stopReason === 'aborted' ? { ...failure, reason: 'cancelled' } : failure;
    return [];
  }
  state.error = null;
  const texts = objectsOf(last.content).flatMap((block) => (block.type === 'text' ? (stringOf(block.text) ?? []) : []));
  return texts.length === 0 ? [] : [{ type: 'answer', text: texts.join('\n\n') }];
}

function diagnose({ stderr }: ProcessExit): ReturnType<NonNullable<LineReader['diagnose']>> {
  const lost = /^(?:No session found matching|Session found in different project).*/m.exec(stderr)?.[0];
  if (lost !== undefined) return { reason: 'unknown-session', message: lost.slice(0, 300) };
  const keyless = /^No API key found.*/m.exec(stderr)?.[0];
  return keyless === undefined ? null : { reason: 'not-signed-in', message: keyless.slice(0, 300) };
}
