import { type ApiFailure, apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent, Turn } from '../provider.ts';
import { createSpeech, createToolCalls, type Speech, type ToolCalls } from '../reader-parts.ts';

interface State {
  readonly say: Speech;
  readonly tools: ToolCalls;
}

/** Reads `qwen --output-format stream-json`: the form is Claude Code's, the contents are not. */
export function qwenReader(turn: Turn): LineReader {
  const state: State = { say: createSpeech(), tools: createToolCalls() };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'system': {
          const id = stringOf(event.session_id);
          if (event.subtype !== 'init' || id === null) return [];
          return [{ type: 'session', id, mode: stringOf(event.permission_mode) ?? 'unnamed' }];
        }
        case 'assistant':
          return assistantEvents(event, state);
        case 'user':
          return blocksOf(event).flatMap((block) => state.tools.end(block.tool_use_id));
        case 'result':
          return resultEvents(event);
        default:
          return [];
      }
    },
    diagnose: (exit) => diagnose(exit, turn),
  };
}

function assistantEvents(event: JsonObject, state: State): readonly ProviderEvent[] {
  const isSubagent = stringOf(event.parent_tool_use_id) !== null;
  return blocksOf(event).flatMap((block): readonly ProviderEvent[] => {
    if (block.type === 'tool_use') return state.tools.start(block.id, block.name, block.input);
    const text = stringOf(block.text);
    if (block.type !== 'text' || text === null || text === '' || isSubagent) return [];
    // The CLI puts the endpoint's error in the model's place; the result repeats it as what it is.
    if (apiError.test(text) && isUnused(event)) return [];
    return state.say(text, true);
  });
}

const apiError = /^\[API Error: (.*)\]$/s;

function isUnused(event: JsonObject): boolean {
  return numberOf(objectOf(objectOf(event.message)?.usage)?.output_tokens) === 0;
}

function blocksOf(event: JsonObject): readonly JsonObject[] {
  return objectsOf(objectOf(event.message)?.content);
}

function resultEvents(event: JsonObject): readonly ProviderEvent[] {
  const usage = objectOf(event.usage);
  const input = numberOf(usage?.input_tokens) ?? 0;
  const used: readonly ProviderEvent[] =
    input === 0
      ? []
      : [
          {
            type: 'usage',
            inputTokens: input,
            outputTokens: numberOf(usage?.output_tokens) ?? 0,
            cachedTokens: numberOf(usage?.cache_read_input_tokens) ?? 0,
          },
        ];
  if (event.is_error !== true) return [...used, { type: 'answer', text: stringOf(event.result) ?? '' }];
  const message = stringOf(objectOf(event.error)?.message) ?? `It ended with ${String(event.subtype)}`;
  return [...used, { type: 'failure', ...failureOf(message) }];
}

function failureOf(message: string): ApiFailure {
  const failure = apiFailure(apiError.exec(message)?.[1] ?? message);
  return /^No auth type is selected/.test(message) ? { ...failure, reason: 'not-signed-in' } : failure;
}

function diagnose({ stderr }: ProcessExit, turn: Turn): ReturnType<NonNullable<LineReader['diagnose']>> {
  const lost = turn.resume === null ? undefined : /^No saved session found with .+/m.exec(stderr)?.[0];
  return lost === undefined ? null : { reason: 'unknown-session', message: lost.slice(0, 300) };
}
