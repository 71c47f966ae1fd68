import { stripVTControlCharacters } from 'node:util';
import { type ApiFailure, apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech, type ToolCalls } from '../reader-parts.ts';

interface State {
  /** What the model said since the last tool call: at the end it is the reply. */
  said: string;
  readonly speech: Speech;
  readonly tools: ToolCalls;
}

/** Reads `gemini --output-format stream-json`. */
export function geminiReader(): LineReader {
  const state: State = { said: '', speech: createSpeech(), tools: createToolCalls() };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'init': {
          const id = stringOf(event.session_id);
          return id === null ? [] : [{ type: 'session', id }];
        }
        case 'message':
          return event.role === 'assistant' ? say(stringOf(event.content) ?? '', state) : [];
        case 'tool_use':
          state.said = '';
          return state.tools.start(event.tool_id, event.tool_name, event.parameters);
        case 'tool_result':
          return state.tools.end(event.tool_id);
        case 'error': {
          const message = stringOf(event.message);
          return message === null ? [] : [{ type: 'notice', message: message.slice(0, 300) }];
        }
        case 'result':
          return resultEvents(event, state);
        default:
          return [];
      }
    },
    diagnose,
  };
}

function say(text: string, state: State): readonly ProviderEvent[] {
  const begins = state.said === '';
  state.said += text;
  return state.speech(text, begins);
}

function resultEvents(event: JsonObject, state: State): readonly ProviderEvent[] {
  const stats = objectOf(event.stats);
  const input = numberOf(stats?.input_tokens);
  const usage: readonly ProviderEvent[] =
    input === null || input === 0
      ? []
      : [
          {
            type: 'usage',
            inputTokens: input,
            outputTokens: numberOf(stats?.output_tokens) ?? 0,
            cachedTokens: numberOf(stats?.cached) ?? 0,
          },
        ];
  if (event.status !== 'success') {
    const message = stringOf(objectOf(event.error)?.message) ?? 'It ended with an error';
    return [...usage, { type: 'failure', ...failureOf(message) }];
  }
  return state.said.trim() === '' ? usage : [...usage, { type: 'answer', text: state.said }];
}

/** `[API Error: …]`, with the endpoint's answer in it where there was one. */
function failureOf(message: string): ApiFailure {
  const inner = /^\[API Error: (.*)\]$/s.exec(message)?.[1] ?? message;
  const error = objectOf(parseObject(inner)?.error);
  return apiFailure(stringOf(error?.message) ?? inner, numberOf(error?.code) ?? undefined);
}

/** Exit codes of its own, for what goes wrong before there is a turn. */
const exits = { notSignedIn: 41, input: 42, notTrusted: 55 };

function diagnose({ code, stderr }: ProcessExit): ReturnType<NonNullable<LineReader['diagnose']>> {
  const plain = stripVTControlCharacters(stderr);
  const saying = (start: RegExp) =>
    plain
      .split('\n')
      .find((line) => start.test(line))
      ?.slice(0, 300);
  if (code === exits.notSignedIn) {
    return { reason: 'not-signed-in', message: saying(/auth/i) ?? 'No way of signing in is chosen' };
  }
  const session = code === exits.input ? saying(/^Error resuming session: /) : undefined;
  if (session !== undefined) return { reason: 'unknown-session', message: session };
  if (code === exits.notTrusted) {
    return { reason: 'denied', message: 'It does not trust this directory: run `gemini` there once, and trust it' };
  }
  return null;
}
