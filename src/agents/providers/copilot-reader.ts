import { type ApiFailure, apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent, Turn } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech, type ToolCalls } from '../reader-parts.ts';

interface State {
  session: string | null;
  /** The last whole message: at the end it was the reply. */
  message: string | null;
  /** Messages whose text came in pieces already. */
  readonly streamed: Set<string>;
  readonly speech: Speech;
  /** Of the last model call that failed. */
  status: number | null;
  retries: number;
  error: ApiFailure | null;
  readonly tools: ToolCalls;
}

/** Reads `copilot --output-format json`. Its own session id only comes at the end, so the one that was given to it stands until then. */
export function copilotReader(turn: Turn): LineReader {
  const state: State = {
    session: null,
    message: null,
    streamed: new Set(),
    speech: createSpeech(),
    status: null,
    retries: 0,
    error: null,
    tools: createToolCalls(),
  };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null || stringOf(event.type) === null) return [];
      const id = event.type === 'result' ? stringOf(event.sessionId) : turn.session;
      return [...sessionEvents(id, state), ...eventsOf(event, state)];
    },
    diagnose: (exit) => diagnose(exit, state),
  };
}

function sessionEvents(id: string | null, state: State): readonly ProviderEvent[] {
  if (id === null || id === state.session) return [];
  state.session = id;
  return [{ type: 'session', id }];
}

function eventsOf(event: JsonObject, state: State): readonly ProviderEvent[] {
  const data = objectOf(event.data) ?? {};
  if (event.type === 'result') return resultEvents(event, state);
  if (event.type === 'tool.execution_start') return state.tools.start(data.toolCallId, data.toolName, data.arguments);
  if (event.type === 'tool.execution_complete') return state.tools.end(data.toolCallId);
  // Everything else that carries an agent's id is said by a sub-agent to the model.
  if (stringOf(event.agentId) !== null) return [];
  switch (event.type) {
    case 'assistant.message_delta':
      return say(stringOf(data.deltaContent) ?? '', stringOf(data.messageId), state);
    case 'assistant.message': {
      const text = stringOf(data.content) ?? '';
      const id = stringOf(data.messageId);
      const isNew = id === null || !state.streamed.has(id);
      if (text !== '') state.message = text;
      return isNew ? say(text, id, state) : [];
    }
    case 'model.call_failure':
      state.status = numberOf(data.statusCode);
      return [];
    case 'assistant.turn_retry':
      return [retryOf(data, state)];
    case 'session.error':
      state.error = errorOf(data);
      return [];
    default:
      return [];
  }
}

function say(text: string, message: string | null, state: State): readonly ProviderEvent[] {
  const begins = message === null || !state.streamed.has(message);
  if (message !== null) state.streamed.add(message);
  return state.speech(text, begins);
}

function retryOf(data: JsonObject, state: State): ProviderEvent {
  state.retries += 1;
  const why = (stringOf(data.reason) ?? 'error').replaceAll('_', ' ');
  const message = state.status === null ? why : `The API answers ${state.status}, ${why}`;
  const { reason } = apiFailure('', state.status);
  return { type: 'retry', attempt: state.retries, maxAttempts: null, waitMs: null, message, reason };
}

function errorOf(data: JsonObject): ApiFailure {
  const failure = apiFailure(stringOf(data.message) ?? 'It ended with an error', numberOf(data.statusCode));
  switch (data.errorType) {
    case 'authentication':
      return { ...failure, reason: 'not-signed-in' };
    case 'quota':
      return { ...failure, reason: 'quota' };
    case 'context_limit':
      return { ...failure, reason: 'context-full' };
    default:
      return failure;
  }
}

function resultEvents(event: JsonObject, state: State): readonly ProviderEvent[] {
  if (state.error !== null) return [{ type: 'failure', ...state.error }];
  if (event.exitCode !== 0) {
    return [{ type: 'failure', reason: 'crashed', message: `It ended with exit code ${String(event.exitCode)}` }];
  }
  return state.message === null ? [] : [{ type: 'answer', text: state.message }];
}

function diagnose({ stderr }: ProcessExit, state: State): ReturnType<NonNullable<LineReader['diagnose']>> {
  if (state.error !== null) return state.error;
  const said = /^Error: (.+)/m.exec(stderr)?.[1]?.slice(0, 300);
  if (said === undefined) return null;
  if (/^No session, task, or name matched/.test(said)) return { reason: 'unknown-session', message: said };
  const reason = /^No authentication information found/.test(said) ? 'not-signed-in' : 'crashed';
  return { reason, message: said };
}
