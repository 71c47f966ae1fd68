/** What the four wire formats of model endpoints ask for, brought to one shape. */
import { z } from 'zod';

export type Wire = 'messages' | 'responses' | 'completions' | 'gemini';

/** One thing said in the conversation so far. `tool` is the result of a tool call. */
export interface Said {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly text: string;
}

export interface ModelRequest {
  readonly wire: Wire;
  readonly model: string;
  readonly said: readonly Said[];
  /** Names of the tools that the model may call. */
  readonly tools: readonly string[];
  readonly images: number;
  readonly stream: boolean;
  /** The key that came with it, whatever header carried it. */
  readonly key: string | null;
  /** As received: for what only some CLIs send (system prompts, schemas, settings). */
  readonly body: string;
}

const part = z.looseObject({ type: z.string().optional(), text: z.string().optional() });
type Part = z.infer<typeof part>;
const content = z.union([z.string(), z.array(part)]).nullish();
const role = z.string().optional();

const messages = z.object({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(z.object({ role, content })),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
});
const responses = z.object({
  model: z.string(),
  stream: z.boolean().optional(),
  input: z.array(z.looseObject({ type: z.string().optional(), role, content, output: z.unknown().optional() })),
  tools: z.array(z.looseObject({ name: z.string().optional(), type: z.string().optional() })).optional(),
});
const completions = z.object({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(z.object({ role, content })),
  tools: z.array(z.object({ function: z.looseObject({ name: z.string() }) })).optional(),
});
const gemini = z.object({
  contents: z.array(z.object({ role, parts: z.array(part).optional() })),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional() }))
    .optional(),
});

type Shape = Pick<ModelRequest, 'model' | 'said' | 'tools' | 'images' | 'stream'>;

/** The request in one shape. Throws on a body that is none of this wire's. */
export function readRequest(wire: Wire, path: string, body: string, key: string | null): ModelRequest {
  const shapes: Record<Wire, (value: unknown) => Shape> = {
    messages: readMessages,
    responses: readResponses,
    completions: readCompletions,
    gemini: (value) => readGemini(value, path),
  };
  return { wire, key, body, ...shapes[wire](JSON.parse(body)) };
}

function readMessages(value: unknown): Shape {
  const request = messages.parse(value);
  const said = request.messages.flatMap((message) =>
    partsOf(message.content).map((piece) => saidBy(message.role, piece, piece.type === 'tool_result')),
  );
  return shape(
    request,
    said,
    (request.tools ?? []).flatMap((tool) => tool.name ?? []),
    request.messages.flatMap((message) => partsOf(message.content)),
  );
}

function readResponses(value: unknown): Shape {
  const request = responses.parse(value);
  const said = request.input.flatMap((item): Said[] =>
    item.type?.endsWith('_output')
      ? [{ role: 'tool', text: textOf(item.output) }]
      : partsOf(item.content).map((piece) => saidBy(item.role, piece, false)),
  );
  return shape(
    request,
    said,
    (request.tools ?? []).map((tool) => tool.name ?? tool.type ?? ''),
    request.input.flatMap((item) => partsOf(item.content)),
  );
}

function readCompletions(value: unknown): Shape {
  const request = completions.parse(value);
  const said = request.messages.flatMap((message) =>
    partsOf(message.content).map((piece) => saidBy(message.role, piece, message.role === 'tool')),
  );
  return shape(
    request,
    said,
    (request.tools ?? []).map((tool) => tool.function.name),
    request.messages.flatMap((message) => partsOf(message.content)),
  );
}

function readGemini(value: unknown, path: string): Shape {
  const request = gemini.parse(value);
  const said = request.contents.flatMap((message) =>
    (message.parts ?? []).map((piece) => saidBy(message.role, piece, 'functionResponse' in piece)),
  );
  return shape(
    { model: /models\/([^:]+):/.exec(path)?.[1] ?? '', stream: path.includes(':stream') },
    said,
    (request.tools ?? []).flatMap((tool) => (tool.functionDeclarations ?? []).map((declared) => declared.name)),
    request.contents.flatMap((message) => message.parts ?? []),
  );
}

function shape(
  request: { readonly model: string; readonly stream?: boolean | undefined },
  said: readonly Said[],
  tools: readonly string[],
  parts: readonly Part[],
): Shape {
  const images = parts.filter((piece) => piece.type?.includes('image') || 'inlineData' in piece).length;
  return {
    model: request.model,
    stream: request.stream ?? false,
    said: said.filter((one) => one.text !== ''),
    tools,
    images,
  };
}

function saidBy(by: string | undefined, piece: Part, isResult: boolean): Said {
  if (isResult) return { role: 'tool', text: textOf(piece) };
  const speaker = by === 'assistant' || by === 'model' ? 'assistant' : 'user';
  return { role: by === 'system' || by === 'developer' ? 'assistant' : speaker, text: piece.text ?? '' };
}

function partsOf(value: z.infer<typeof content>): readonly Part[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? [{ type: 'text', text: value }] : value;
}

/** Every string that stands in a tool's result, joined: the formats nest it differently. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([name]) => ['text', 'content', 'output', 'result', 'error', 'response', 'functionResponse'].includes(name))
    .map(([, inner]) => textOf(inner))
    .filter(Boolean)
    .join('\n');
}
