import { type ApiFailure, apiFailure } from '../api-failure.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, parseObject, stringOf } from '../json.ts';
import type { LineReader, ProcessExit, ProviderEvent } from '../provider.ts';
import { createSpeech, type Speech } from '../reader-parts.ts';
import { toolDetail } from '../tool-detail.ts';

interface State {
  /** The last message: at the end of the turn it was the reply. */
  message: string | null;
  retries: number;
  readonly tools: Set<string>;
  readonly say: Speech;
}

/** Reads `codex exec --json`. */
export function codexReader(): LineReader {
  const state: State = { message: null, retries: 0, tools: new Set(), say: createSpeech() };
  return {
    parse(line) {
      const event = parseObject(line);
      if (event === null) return [];
      switch (event.type) {
        case 'thread.started': {
          const id = stringOf(event.thread_id);
          return id === null ? [] : [{ type: 'session', id }];
        }
        case 'item.started':
          return toolStart(objectOf(event.item), state);
        case 'item.completed':
          return itemEnd(objectOf(event.item), state);
        case 'turn.completed':
          return turnEnd(event, state);
        case 'turn.failed':
          return [{ type: 'failure', ...failureOf(stringOf(objectOf(event.error)?.message) ?? 'The turn failed') }];
        case 'error':
          // The one that ends the turn comes again with it.
          return retryOf(stringOf(event.message) ?? '', state);
        default:
          return [];
      }
    },
    diagnose,
  };
}

function itemEnd(item: JsonObject | null, state: State): readonly ProviderEvent[] {
  const id = stringOf(item?.id);
  const text = stringOf(item?.text);
  if (item?.type === 'agent_message') {
    if (text === null || text === '') return [];
    state.message = text;
    return state.say(text, true);
  }
  if (item === null || id === null) return [];
  const name = toolName(item);
  if (name === null) return [];
  const start = state.tools.has(id) ? [] : toolStart(item, state);
  state.tools.delete(id);
  return [...start, { type: 'tool', id, phase: 'end', name }];
}

function toolStart(item: JsonObject | null, state: State): readonly ProviderEvent[] {
  const id = stringOf(item?.id);
  const name = item === null ? null : toolName(item);
  if (item === null || id === null || name === null) return [];
  state.tools.add(id);
  const detail = toolDetail(item) ?? changedFiles(item);
  return [{ type: 'tool', id, phase: 'start', name, ...(detail === null ? {} : { detail }) }];
}

/** Null for what is no tool: messages, thoughts, plans, and errors, which are warnings here (an unknown model, a setting). */
function toolName(item: JsonObject): string | null {
  switch (item.type) {
    case 'command_execution':
      return 'shell';
    case 'file_change':
      return 'edit';
    case 'web_search':
      return 'web search';
    case 'mcp_tool_call':
      return [stringOf(item.server), stringOf(item.tool)].filter((part) => part !== null).join(' ');
    case 'collab_tool_call':
      return stringOf(item.tool) ?? 'sub-agent';
    default:
      return null;
  }
}

function changedFiles(item: JsonObject): string | null {
  const paths = objectsOf(item.changes).map((change) => stringOf(change.path));
  return paths.length === 0 ? null : paths.filter(Boolean).join(', ').slice(0, 200);
}

function turnEnd(event: JsonObject, state: State): readonly ProviderEvent[] {
  const usage = objectOf(event.usage);
  const input = numberOf(usage?.input_tokens);
  const used: readonly ProviderEvent[] =
    input === null
      ? []
      : [
          {
            type: 'usage',
            inputTokens: input,
            outputTokens: numberOf(usage?.output_tokens) ?? 0,
            cachedTokens: numberOf(usage?.cached_input_tokens) ?? 0,
          },
        ];
  return state.message === null ? used : [...used, { type: 'answer', text: state.message }];
}

/** "Reconnecting... 2/5 (why)", and "Reconnecting... waiting for network (why)", which it does without an end. */
function retryOf(message: string, state: State): readonly ProviderEvent[] {
  const found = /^Reconnecting\.\.\. (?:(\d+)\/(\d+)|waiting for network) ?(?:\((.*)\))?$/s.exec(message);
  if (found === null) return [];
  const [, attempt, most, why] = found;
  state.retries += 1;
  const { reason, message: said } = failureOf(why ?? 'The connection was lost');
  return [
    {
      type: 'retry',
      attempt: attempt === undefined ? state.retries : Number(attempt),
      maxAttempts: most === undefined ? null : Number(most),
      waitMs: null,
      message: said,
      reason,
    },
  ];
}

/** Codex reports no status, only sentences: these are its own. */
function failureOf(message: string): ApiFailure {
  const failure = apiFailure(message);
  if (failure.reason !== 'crashed') return failure;
  if (/^Codex ran out of room/.test(message)) return { ...failure, reason: 'context-full' };
  if (/^(?:Quota exceeded|You've hit your usage limit|You've reached your)/.test(message)) {
    return { ...failure, reason: 'quota' };
  }
  const signIn = /^(?:Missing environment variable|Not logged in|Your access token|Your session has)/;
  return signIn.test(message) ? { ...failure, reason: 'not-signed-in' } : failure;
}

function diagnose({ stderr }: ProcessExit): ReturnType<NonNullable<LineReader['diagnose']>> {
  const said = /^error:? (.+)/im.exec(stderr)?.[1]?.slice(0, 300);
  if (said === undefined) return null;
  if (/no rollout found for thread id/.test(said)) return { reason: 'unknown-session', message: said };
  if (/Input exceeds the maximum length/.test(said)) return { reason: 'context-full', message: said };
  return { reason: /not logged in/i.test(said) ? 'not-signed-in' : 'crashed', message: said };
}
