import { apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent, Turn } from '../provider.ts';
import { createSpeech, createToolCalls } from '../reader-parts.ts';

interface State {
  failed: boolean;
  printed: boolean;
}

/** Reads `droid exec --output-format stream-json`. */
export function droidReader(turn: Turn): LineReader {
  const state: State = { failed: false, printed: false };
  const say = createSpeech();
  const tools = createToolCalls();
  return {
    parse(line) {
      state.printed ||= line.trim() !== '';
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'system': {
          const id = stringOf(event.session_id);
          return event.subtype !== 'init' || id === null ? [] : [{ type: 'session', id }];
        }
        case 'message':
          return event.role === 'assistant' ? say(event.text, true) : [];
        case 'tool_call':
          return tools.start(event.id, event.toolName, event.parameters);
        case 'tool_result':
          return tools.end(event.id);
        case 'completion':
          return [...usageOf(event), { type: 'answer', text: stringOf(event.finalText) ?? '' }];
        case 'error':
          return failureOf(event, state);
        default:
          return [];
      }
    },
    diagnose: (exit) => diagnose(exit, turn, state),
  };
}

function usageOf(event: JsonObject): readonly ProviderEvent[] {
  const usage = objectOf(event.usage);
  const input = numberOf(usage?.input_tokens);
  if (input === null) return [];
  const cached = numberOf(usage?.cache_read_input_tokens) ?? 0;
  const written = numberOf(usage?.cache_creation_input_tokens) ?? 0;
  return [
    {
      type: 'usage',
      inputTokens: input + cached + written,
      outputTokens: numberOf(usage?.output_tokens) ?? 0,
      cachedTokens: cached,
    },
  ];
}

/** The first says what went wrong; "Exec failed" after it says nothing. */
function failureOf(event: JsonObject, state: State): readonly ProviderEvent[] {
  if (state.failed) return [];
  state.failed = true;
  const message = stringOf(event.message) ?? 'It ended with an error';
  const failure = apiFailure(message);
  const isSignIn = event.source === 'cli' && /^(?:Error: )?Authentication failed/.test(message);
  return [{ type: 'failure', ...failure, ...(isSignIn ? { reason: 'not-signed-in' } : {}) }];
}

function diagnose({ code, stderr }: ProcessExit, turn: Turn, state: State) {
  // A session that it does not find ends it without a word.
  if (turn.resume === null || code !== 1 || state.printed || stderr.trim() !== '') return null;
  return { reason: 'unknown-session', message: `It ended without a word at the session ${turn.resume}` } as const;
}
