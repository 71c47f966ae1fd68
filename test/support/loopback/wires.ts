/** How each wire format says a reply: as server-sent events, or as one object where no stream was asked for. */
import { randomUUID } from 'node:crypto';
import type { ModelRequest } from './request.ts';
import type { ToolCall } from './tools.ts';

/** Reported for every call: 420 tokens in (300 of them cached), 42 out. */
const tokens = { plain: 120, cached: 300, output: 42 };

export interface Said {
  readonly text: string;
  readonly call: ToolCall | null;
}

/** One event: its name (null where the format has none) and its data. */
export interface WireEvent {
  readonly name: string | null;
  readonly data: unknown;
}

interface Writer {
  /** Everything up to and with the text: what a reply that hangs or is cut has said. */
  begin(reply: Said, request: ModelRequest): readonly WireEvent[];
  end(reply: Said, request: ModelRequest): readonly WireEvent[];
  whole(reply: Said, request: ModelRequest): unknown;
  failure(status: number, message: string, code: string): unknown;
}

/** The writer of each format. */
export const wires: Record<ModelRequest['wire'], Writer> = {
  messages: messagesWriter(),
  responses: responsesWriter(),
  completions: completionsWriter(),
  gemini: geminiWriter(),
};

const named = (type: string, fields: object = {}): WireEvent => ({ name: type, data: { type, ...fields } });
const bare = (data: unknown): WireEvent => ({ name: null, data });

function messagesWriter(): Writer {
  const usage = (output: number) => ({
    input_tokens: tokens.plain,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: tokens.cached,
    output_tokens: output,
  });
  const head = (model: string) => ({ id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model });
  const stop = (reply: Said) => ({ stop_reason: reply.call === null ? 'end_turn' : 'tool_use', stop_sequence: null });
  const use = (call: ToolCall) => ({ type: 'tool_use', id: `toolu_${randomUUID()}`, name: call.name });
  return {
    begin: (reply, request) => [
      named('message_start', { message: { ...head(request.model), content: [], usage: usage(1) } }),
      named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: reply.text } }),
    ],
    end: (reply) => {
      const { call } = reply;
      const tool = call && [
        named('content_block_start', { index: 1, content_block: { ...use(call), input: {} } }),
        named('content_block_delta', {
          index: 1,
          delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.args) },
        }),
        named('content_block_stop', { index: 1 }),
      ];
      return [
        named('content_block_stop', { index: 0 }),
        ...(tool ?? []),
        named('message_delta', { delta: stop(reply), usage: usage(tokens.output) }),
        named('message_stop'),
      ];
    },
    whole: (reply, request) => ({
      ...head(request.model),
      ...stop(reply),
      content: [
        { type: 'text', text: reply.text },
        ...(reply.call === null ? [] : [{ ...use(reply.call), input: reply.call.args }]),
      ],
      usage: usage(tokens.output),
    }),
    failure: (_status, message, code) => ({ type: 'error', error: { type: code, message } }),
  };
}

function responsesWriter(): Writer {
  const usage = {
    input_tokens: tokens.plain + tokens.cached,
    input_tokens_details: { cached_tokens: tokens.cached },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: 7 },
    total_tokens: tokens.plain + tokens.cached + tokens.output,
  };
  const message = (text: string) => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  });
  const call = (tool: ToolCall) => ({
    type: 'function_call',
    id: 'fc_1',
    call_id: `call_${randomUUID()}`,
    // Codex keeps its sub-agent tools in a namespace.
    ...namespaced(tool.name),
    arguments: JSON.stringify(tool.args),
    status: 'completed',
  });
  const namespaced = (name: string) => {
    const [namespace, inner] = name.split('.');
    return inner === undefined ? { name } : { namespace, name: inner };
  };
  const response = (request: ModelRequest, status: string) => ({
    id: `resp_${randomUUID()}`,
    object: 'response',
    model: request.model,
    status,
  });
  return {
    begin: (reply, request) => [
      named('response.created', { response: { ...response(request, 'in_progress'), output: [] } }),
      named('response.output_item.added', { output_index: 0, item: { ...message(''), content: [] } }),
      named('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: reply.text }),
    ],
    end: (reply, request) => {
      const items = [message(reply.text), ...(reply.call === null ? [] : [call(reply.call)])];
      return [
        ...items.map((item, index) => named('response.output_item.done', { output_index: index, item })),
        named('response.completed', { response: { ...response(request, 'completed'), output: items, usage } }),
      ];
    },
    whole: (reply, request) => ({
      ...response(request, 'completed'),
      output: [message(reply.text), ...(reply.call === null ? [] : [call(reply.call)])],
      usage,
    }),
    failure: (_status, text, code) => ({ error: { message: text, type: code, code, param: null } }),
  };
}

function completionsWriter(): Writer {
  const usage = {
    prompt_tokens: tokens.plain + tokens.cached,
    completion_tokens: tokens.output,
    total_tokens: tokens.plain + tokens.cached + tokens.output,
    prompt_tokens_details: { cached_tokens: tokens.cached },
    completion_tokens_details: { reasoning_tokens: 7 },
  };
  const calls = (tool: ToolCall) => [
    {
      index: 0,
      id: `call_${randomUUID()}`,
      type: 'function',
      function: { name: tool.name, arguments: JSON.stringify(tool.args) },
    },
  ];
  const finish = (reply: Said) => (reply.call === null ? 'stop' : 'tool_calls');
  const chunk = (request: ModelRequest, delta: unknown, reason: string | null, extra: object = {}) =>
    bare({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: request.model,
      choices: [{ index: 0, delta, finish_reason: reason }],
      ...extra,
    });
  return {
    begin: (reply, request) => [
      chunk(request, { role: 'assistant', content: '' }, null),
      chunk(request, { content: reply.text }, null),
    ],
    end: (reply, request) => [
      ...(reply.call === null ? [] : [chunk(request, { tool_calls: calls(reply.call) }, null)]),
      chunk(request, {}, finish(reply), { usage }),
      bare('[DONE]'),
    ],
    whole: (reply, request) => ({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: request.model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: reply.text,
            ...(reply.call === null ? {} : { tool_calls: calls(reply.call) }),
          },
          finish_reason: finish(reply),
        },
      ],
      usage,
    }),
    failure: (_status, text, code) => ({ error: { message: text, type: code, code, param: null } }),
  };
}

function geminiWriter(): Writer {
  const piece = (parts: readonly unknown[], finishReason?: string) => ({
    candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason ? { finishReason } : {}) }],
    usageMetadata: {
      promptTokenCount: tokens.plain + tokens.cached,
      cachedContentTokenCount: tokens.cached,
      candidatesTokenCount: tokens.output,
      totalTokenCount: tokens.plain + tokens.cached + tokens.output,
    },
  });
  const calls = (reply: Said) =>
    reply.call === null ? [] : [{ functionCall: { name: reply.call.name, args: reply.call.args } }];
  return {
    begin: (reply) => [bare(piece([{ text: reply.text }]))],
    end: (reply) => [bare(piece(calls(reply), 'STOP'))],
    whole: (reply) => piece([{ text: reply.text }, ...calls(reply)], 'STOP'),
    failure: (status, message, code) => ({ error: { code: status, message, status: code } }),
  };
}
