import { stripVTControlCharacters } from 'node:util';
import { apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech, type ToolCalls } from '../reader-parts.ts';

interface State {
  session: string | null;
  /** The texts of the step under way: those of the last step are the reply. */
  readonly texts: string[];
  readonly say: Speech;
  readonly tools: ToolCalls;
}

/** Reads `opencode run --format json`: every line carries the session, texts come whole, and nothing says that it was all. */
export function opencodeReader(): LineReader {
  const state: State = { session: null, texts: [], say: createSpeech(), tools: createToolCalls() };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      return [...sessionOf(event, state), ...eventsOf(event, state)];
    },
    diagnose,
  };
}

function sessionOf(event: JsonObject, state: State): readonly ProviderEvent[] {
  const id = stringOf(event.sessionID);
  if (id === null || id === '' || id === state.session) return [];
  state.session = id;
  return [{ type: 'session', id }];
}

function eventsOf(event: JsonObject, state: State): readonly ProviderEvent[] {
  const part = objectOf(event.part);
  switch (event.type) {
    case 'step_start':
      state.texts.length = 0;
      return [];
    case 'text': {
      const text = stringOf(part?.text) ?? '';
      if (text.trim() === '') return [];
      state.texts.push(text);
      return state.say(text, true);
    }
    case 'tool_use':
      // A tool is only reported when it is done.
      return [
        ...state.tools.start(part?.callID, part?.tool, objectOf(part?.state)?.input),
        ...state.tools.end(part?.callID),
      ];
    case 'step_finish':
      return stepEnd(part, state);
    case 'error':
      return [failureOf(objectOf(event.error))];
    default:
      return [];
  }
}

function stepEnd(part: JsonObject | null, state: State): readonly ProviderEvent[] {
  const usage = usageOf(part);
  // After a tool call another step follows; after anything else the reply is there.
  if (part?.reason === 'tool-calls' || state.texts.length === 0) return usage;
  return [...usage, { type: 'answer', text: state.texts.join('\n\n') }];
}

function usageOf(part: JsonObject | null): readonly ProviderEvent[] {
  const tokens = objectOf(part?.tokens);
  const input = numberOf(tokens?.input);
  if (tokens === null || input === null) return [];
  const cache = objectOf(tokens.cache);
  const cached = numberOf(cache?.read) ?? 0;
  const cost = numberOf(part?.cost);
  return [
    {
      type: 'usage',
      inputTokens: input + cached + (numberOf(cache?.write) ?? 0),
      outputTokens: (numberOf(tokens.output) ?? 0) + (numberOf(tokens.reasoning) ?? 0),
      cachedTokens: cached,
      ...(cost === null ? {} : { costUsd: cost }),
    },
  ];
}

function failureOf(error: JsonObject | null): ProviderEvent {
  const data = objectOf(error?.data);
  const name = stringOf(error?.name) ?? 'error';
  const message = stringOf(data?.message) ?? name;
  const failure = apiFailure(message, numberOf(data?.statusCode));
  switch (name) {
    case 'ContextOverflowError':
      return { type: 'failure', ...failure, reason: 'context-full' };
    case 'ProviderAuthError':
      return { type: 'failure', ...failure, reason: 'not-signed-in' };
    case 'MessageAbortedError':
      return { type: 'failure', ...failure, reason: 'cancelled' };
    default:
      return { type: 'failure', ...failure };
  }
}

function diagnose({ stderr }: ProcessExit): ReturnType<NonNullable<LineReader['diagnose']>> {
  const plain = stripVTControlCharacters(stderr);
  const refused = /^! permission requested: (.+); auto-rejecting/m.exec(plain)?.[1];
  if (refused !== undefined) {
    const message = `It needs a permission that nobody could give: ${refused.slice(0, 200)}. Allow it in OpenCode's own settings`;
    return { reason: 'denied', message };
  }
  const said = /^Error: (.+)/m.exec(plain)?.[1]?.slice(0, 300);
  if (said === undefined) return null;
  return { reason: said === 'Session not found' ? 'unknown-session' : 'crashed', message: said };
}
