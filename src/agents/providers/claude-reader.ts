import { apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, parseObject, stringOf } from '../json.ts';
import type { FailureReason, LineReader, ProviderEvent, Turn } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech, type ToolCalls } from '../reader-parts.ts';

interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

/** What the lines so far said that later ones rest on. */
interface State {
  /** Usage already handed on, call by call: the result's sum is what it must come to. */
  counted: Tokens;
  /** Text of the message under way came in pieces, so that the whole block is a repetition. */
  streamed: boolean;
  /** A new block of text began, which the next piece of it belongs to. */
  begins: boolean;
  readonly speech: Speech;
  /** The error that stands on the last message, where the CLI put one in the model's place. */
  error: string | null;
  readonly tools: ToolCalls;
  readonly denied: Set<string>;
}

/** Reads `--output-format stream-json`, with or without partial messages. */
export function claudeReader(turn: Turn): LineReader {
  const state: State = {
    counted: { input: 0, output: 0, cached: 0 },
    streamed: false,
    begins: false,
    speech: createSpeech(),
    error: null,
    tools: createToolCalls(),
    denied: new Set(),
  };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'system':
          return systemEvents(event, turn, state);
        case 'stream_event':
          return streamEvents(event, state);
        case 'assistant':
          return assistantEvents(event, state);
        case 'user':
          return contentOf(event).flatMap((block) => state.tools.end(block.tool_use_id));
        case 'result':
          return resultEvents(event, turn, state);
        default:
          return [];
      }
    },
  };
}

function systemEvents(event: JsonObject, turn: Turn, state: State): readonly ProviderEvent[] {
  const id = stringOf(event.session_id);
  switch (event.subtype) {
    case 'init':
      return id === null ? [] : [{ type: 'session', id, mode: stringOf(event.permissionMode) ?? 'unnamed' }];
    case 'api_retry':
      return [retryOf(event)];
    case 'permission_denied': {
      const tool = stringOf(event.tool_name);
      // Reading runs are refused things all the time, and that is as it should be.
      if (tool === null || turn.access === 'read' || turn.access === 'none' || state.denied.has(tool)) return [];
      state.denied.add(tool);
      return [{ type: 'notice', message: `claude was not allowed to use ${tool}.` }];
    }
    default:
      return [];
  }
}

function retryOf(event: JsonObject): ProviderEvent {
  const status = numberOf(event.error_status);
  const error = stringOf(event.error);
  const words = error?.replaceAll('_', ' ') ?? 'unknown';
  return {
    type: 'retry',
    attempt: numberOf(event.attempt) ?? 1,
    maxAttempts: numberOf(event.max_retries),
    waitMs: numberOf(event.retry_delay_ms),
    message: status === null ? `The API cannot be reached (${words})` : `The API answers ${status}, ${words}`,
    reason: apiReason(status, error, ''),
  };
}

function streamEvents(line: JsonObject, state: State): readonly ProviderEvent[] {
  const event = objectOf(line.event);
  if (event === null || stringOf(line.parent_tool_use_id) !== null) return [];
  switch (event.type) {
    case 'message_start': {
      state.streamed = false;
      const started = tokensOf(objectOf(objectOf(event.message)?.usage));
      return started === null ? [] : count(state, { ...started, output: 0 });
    }
    case 'message_delta': {
      const output = numberOf(objectOf(event.usage)?.output_tokens);
      return output === null ? [] : count(state, { input: 0, output, cached: 0 });
    }
    case 'content_block_start':
      state.begins = true;
      return [];
    case 'content_block_delta': {
      const said = state.speech(objectOf(event.delta)?.text, state.begins);
      if (said.length > 0) {
        state.streamed = true;
        state.begins = false;
      }
      return said;
    }
    default:
      return [];
  }
}

function assistantEvents(event: JsonObject, state: State): readonly ProviderEvent[] {
  const error = stringOf(event.error);
  if (error !== null) {
    // Written by the CLI in the model's place; the result repeats it.
    state.error = error;
    return [];
  }
  const isSubagent = stringOf(event.parent_tool_use_id) !== null;
  return contentOf(event).flatMap((block): readonly ProviderEvent[] => {
    if (block.type === 'tool_use') return state.tools.start(block.id, block.name, block.input);
    if (block.type !== 'text' || isSubagent || state.streamed) return [];
    return state.speech(block.text, true);
  });
}

function contentOf(event: JsonObject): readonly JsonObject[] {
  return objectsOf(objectOf(event.message)?.content);
}

function resultEvents(event: JsonObject, turn: Turn, state: State): readonly ProviderEvent[] {
  return [...resultUsage(event, turn, state), ending(event, state)];
}

function ending(event: JsonObject, state: State): ProviderEvent {
  const text = stringOf(event.result) ?? '';
  if (event.is_error !== true && event.subtype === 'success') {
    const structured = event.structured_output;
    return { type: 'answer', text: structured === undefined ? text : JSON.stringify(structured) };
  }
  const errors = Array.isArray(event.errors) ? event.errors.filter((error) => typeof error === 'string') : [];
  const message = text === '' ? errors.join(' ') || `It ended with ${String(event.subtype)}` : text;
  return { type: 'failure', reason: endingReason(event, errors, text, state), message: message.slice(0, 1000) };
}

/** From the fields of the result alone; its text is the CLI's own here, never the model's. */
function endingReason(event: JsonObject, errors: readonly string[], text: string, state: State): FailureReason {
  if (errors.some((error) => /^(?:Error: )?(?:No conversation found with session ID|--resume requires)/.test(error))) {
    return 'unknown-session';
  }
  if (event.subtype === 'error_max_budget_usd') return 'budget';
  if (event.terminal_reason === 'prompt_too_long') return 'context-full';
  const terminal = stringOf(event.terminal_reason) ?? '';
  if (terminal.startsWith('aborted')) return 'cancelled';
  if (terminal !== '' && terminal !== 'api_error') return 'crashed';
  return apiReason(numberOf(event.api_error_status), stringOf(event.api_error_type) ?? state.error, text);
}

/** The status tells most; without one, as where nobody is signed in at all, the CLI's own name for the error does. */
function apiReason(status: number | null, error: string | null, text: string): FailureReason {
  if (status !== null) return apiFailure(text, status).reason;
  if (/^authentication/.test(error ?? '')) return 'not-signed-in';
  if (/^billing/.test(error ?? '')) return 'quota';
  return /^rate_limit/.test(error ?? '') ? apiFailure(text, 429).reason : 'crashed';
}

/** The result's sum less what was counted call by call; with the cost of this run, where the sum of the session is told apart. */
function resultUsage(event: JsonObject, turn: Turn, state: State): readonly ProviderEvent[] {
  const total = tokensOf(objectOf(event.usage));
  if (total === null) return [];
  const { counted } = state;
  const cost = costOf(event, turn);
  return [
    {
      type: 'usage',
      inputTokens: Math.max(0, total.input - counted.input),
      outputTokens: Math.max(0, total.output - counted.output),
      cachedTokens: Math.max(0, total.cached - counted.cached),
      ...(cost === null ? {} : { costUsd: cost }),
    },
  ];
}

/** `total_cost_usd` sums up the whole session, so after a resume only the part since the last result is this run's. */
function costOf(event: JsonObject, turn: Turn): number | null {
  const models = objectOf(event.model_usage_since_last_result);
  if (models !== null) {
    const costs = Object.values(models).map((usage) => numberOf(objectOf(usage)?.costUSD) ?? 0);
    return costs.reduce((sum, cost) => sum + cost, 0);
  }
  return turn.resume === null ? numberOf(event.total_cost_usd) : null;
}

function count(state: State, tokens: Tokens): readonly ProviderEvent[] {
  const { counted } = state;
  state.counted = {
    input: counted.input + tokens.input,
    output: counted.output + tokens.output,
    cached: counted.cached + tokens.cached,
  };
  return [{ type: 'usage', inputTokens: tokens.input, outputTokens: tokens.output, cachedTokens: tokens.cached }];
}

function tokensOf(usage: JsonObject | null): Tokens | null {
  const input = numberOf(usage?.input_tokens);
  if (usage === null || input === null) return null;
  const cached = numberOf(usage.cache_read_input_tokens) ?? 0;
  const written = numberOf(usage.cache_creation_input_tokens) ?? 0;
  return { input: input + cached + written, output: numberOf(usage.output_tokens) ?? 0, cached };
}
