/** A model endpoint on loopback that the genuine CLIs can be pointed at: four wire formats, answers by script. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ModelRequest, readRequest, type Wire } from './loopback/request.ts';
import { type ModelReply, replyByMarker } from './loopback/script.ts';
import { callFor } from './loopback/tools.ts';
import { type Said, type WireEvent, wires } from './loopback/wires.ts';

export type { ModelRequest } from './loopback/request.ts';
export type { ModelReply } from './loopback/script.ts';

export interface LoopbackModel {
  /** `http://127.0.0.1:port`, without a path. */
  readonly url: string;
  /** Every request so far, in order. */
  readonly requests: readonly ModelRequest[];
  /** Resolves when a request that fits has come, or came before. */
  seen(fits: (request: ModelRequest) => boolean): Promise<ModelRequest>;
  stop(): Promise<void>;
}

interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const failures: Record<Extract<ModelReply, { type: 'error' }>['error'], Failure> = {
  key: { status: 401, code: 'authentication_error', message: 'invalid x-api-key' },
  rate: { status: 429, code: 'rate_limit_exceeded', message: 'Rate limit reached' },
  server: { status: 500, code: 'server_error', message: 'Internal server error' },
  context: {
    status: 400,
    code: 'context_length_exceeded',
    message: "This model's maximum context length is 128000 tokens. However, your messages resulted in 250000 tokens.",
  },
  quota: { status: 429, code: 'insufficient_quota', message: 'You exceeded your current quota.' },
};

/**
 * Starts the endpoint on a free port. `reply` answers before the markers in the prompt are looked at (`script.ts`);
 * undefined leaves it to them.
 */
export async function startLoopbackModel(
  reply: (request: ModelRequest) => ModelReply | undefined = () => undefined,
): Promise<LoopbackModel> {
  const requests: ModelRequest[] = [];
  const waiting = new Set<(request: ModelRequest) => void>();
  const server = createServer((incoming, response) => {
    read(incoming)
      .then((request) => {
        if (request === null) return response.writeHead(404).end();
        requests.push(request);
        for (const tell of waiting) tell(request);
        return answer(request, titleOf(request) ?? reply(request) ?? replyByMarker(request), response);
      })
      .catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback model has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    seen: (fits) => {
      const known = requests.find(fits);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        const tell = (request: ModelRequest) => {
          if (!fits(request)) return;
          waiting.delete(tell);
          resolve(request);
        };
        waiting.add(tell);
      });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** OpenCode asks for a title beside the first prompt of a session, with that prompt in it: its marker is not meant for this call. */
function titleOf(request: ModelRequest): ModelReply | undefined {
  return request.tools.length === 0 && request.body.includes('You are a title generator')
    ? { type: 'text', text: 'A title' }
    : undefined;
}

async function read(incoming: IncomingMessage): Promise<ModelRequest | null> {
  const path = incoming.url ?? '';
  const wire = wireOf(path);
  if (incoming.method !== 'POST' || wire === null) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const { authorization } = incoming.headers;
  const key = incoming.headers['x-api-key'] ?? incoming.headers['x-goog-api-key'] ?? authorization?.split(' ')[1];
  return readRequest(wire, path, Buffer.concat(chunks).toString('utf8'), typeof key === 'string' ? key : null);
}

function wireOf(path: string): Wire | null {
  if (/^\/v1\/messages(\?|$)/.test(path)) return 'messages';
  if (/^\/v1\/responses(\?|$)/.test(path)) return 'responses';
  if (/^\/v1\/chat\/completions(\?|$)/.test(path)) return 'completions';
  return /^\/v1beta\/models\/[^/]+:(streamG|g)enerateContent/.test(path) ? 'gemini' : null;
}

function answer(request: ModelRequest, reply: ModelReply, response: ServerResponse): void {
  const writer = wires[request.wire];
  if (reply.type === 'error') {
    const { status, code, message } = failures[reply.error];
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(status === 429 ? { 'retry-after': '1' } : {}),
    });
    response.end(JSON.stringify(writer.failure(status, message, code)));
    return;
  }
  const said = saying(request, reply);
  if (!request.stream && reply.type !== 'hang' && reply.type !== 'cut') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(writer.whole(said, request)));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of writer.begin(said, request)) send(response, event);
  if (reply.type === 'hang') return;
  if (reply.type === 'cut') {
    response.destroy();
    return;
  }
  for (const event of writer.end(said, request)) send(response, event);
  response.end();
}

function saying(request: ModelRequest, reply: Exclude<ModelReply, { type: 'error' }>): Said {
  if (reply.type === 'text') return { text: reply.text, call: null };
  if (reply.type !== 'tool') return { text: 'This is a beginning', call: null };
  const call = callFor(reply.wish, request);
  if (call === null) return { text: `No tool to ${reply.wish.does} among ${request.tools.join(',')}`, call };
  return { text: 'I will use a tool.', call };
}

function send(response: ServerResponse, event: WireEvent): void {
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
  response.write(`${event.name === null ? '' : `event: ${event.name}\n`}data: ${data}\n\n`);
}
