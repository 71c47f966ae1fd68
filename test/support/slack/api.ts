import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RateLimiter } from './limits.ts';
import { addPost, type MethodContext, methods } from './methods.ts';
import type { Grants } from './oauth.ts';
import type { Sockets } from './sockets.ts';
import type { Json } from './workspace.ts';

/** What Slack answers over HTTP: the web API with its tokens and limits, response addresses, uploads and files. */

export interface ApiCall {
  readonly method: string;
  readonly args: Json;
  readonly status: number;
  readonly at: number;
}

/** The next calls of a method fail: before anything is done, after it was done, with silence, or with an error of the platform. */
export interface PlannedFailure {
  readonly method: string;
  readonly how: 'before' | 'after' | 'silent' | string;
  left: number;
}

export interface ApiOptions {
  /** `http://127.0.0.1:port`. */
  readonly url: () => string;
  readonly grants: Grants;
  /** A workspace and what its methods work on. */
  contextOf(team: string): MethodContext;
  /** The workspace that a channel is in. */
  homeOf(channel: string): MethodContext;
  readonly sockets: Sockets;
  readonly limiter: RateLimiter;
  readonly failures: readonly PlannedFailure[];
  readonly appToken: string;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

export interface Api {
  readonly calls: readonly ApiCall[];
  /** Addresses that came with commands and presses, with the uses that are left. */
  readonly responseUrls: Map<string, { left: number; readonly channel: string; readonly user: string }>;
  handle(area: string, name: string, exchange: Exchange): unknown;
}

export function createApi(options: ApiOptions): Api {
  const { grants, sockets, limiter, failures } = options;
  const calls: ApiCall[] = [];
  const responseUrls: Api['responseUrls'] = new Map();

  function handleCall(method: string, request: IncomingMessage, response: ServerResponse, body: Buffer): unknown {
    const args = argsOf(body, request.headers['content-type'] ?? '');
    const given = (request.headers.authorization ?? '').replace('Bearer ', '') || String(args.token ?? '');
    const reply = (status: number, answer: Json, headers: Record<string, string> = {}): unknown => {
      calls.push({ method, args, status: status === 200 && answer.ok === false ? 400 : status, at: performance.now() });
      return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
    };
    const failure = failures.find((one) => one.method === method && one.left > 0);
    const isDone = failure?.how === 'after' || failure?.how === 'silent';
    if (failure !== undefined && !isDone) failure.left -= 1;
    if (failure?.how === 'before') {
      calls.push({ method, args, status: 0, at: performance.now() });
      return response.destroy();
    }
    if (failure !== undefined && !isDone) return reply(200, { ok: false, error: failure.how });
    if (method === 'apps.connections.open') {
      if (given !== options.appToken) return reply(200, { ok: false, error: 'invalid_auth' });
      return reply(200, { ok: true, url: `${options.url().replace('http', 'ws')}${sockets.ticket()}` });
    }
    if (method === 'oauth.v2.access') return reply(200, grants.access(args));
    const bearer = grants.check(given);
    if ('error' in bearer) return reply(200, { ok: false, error: bearer.error });
    const context = options.contextOf(bearer.team);
    const call = methods[method];
    if (call === undefined) return reply(200, { ok: false, error: 'unknown_method' });
    const channel = typeof args.channel === 'string' ? args.channel : null;
    const waitSeconds = limiter.take(method, channel);
    if (waitSeconds !== null)
      return reply(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(waitSeconds) });
    const answer = call(args, context);
    if (failure !== undefined) {
      failure.left -= 1;
      calls.push({ method, args, status: 0, at: performance.now() });
      return failure.how === 'after' ? response.destroy() : undefined;
    }
    return reply(200, answer, { 'x-oauth-scopes': [...context.scopes].join(',') });
  }

  function handleResponse(id: string, response: ServerResponse, body: Buffer): unknown {
    const known = responseUrls.get(id);
    if (known === undefined || known.left === 0) return response.writeHead(404).end('used_url');
    known.left -= 1;
    const args: Json = JSON.parse(body.toString('utf8'));
    const isPublic = args.response_type === 'in_channel';
    addPost({ ...args, channel: known.channel }, options.homeOf(known.channel), isPublic ? null : known.user);
    return response.writeHead(200).end('ok');
  }

  function handleUpload(id: string, request: IncomingMessage, response: ServerResponse, body: Buffer): unknown {
    const upload = options.homeOf('').uploads.get(id);
    if (upload === undefined) return response.writeHead(404).end();
    upload.content = filePart(body, request.headers['content-type'] ?? '');
    return response.writeHead(200).end('OK');
  }

  function sendFile(id: string, request: IncomingMessage, response: ServerResponse): unknown {
    const bearer = grants.check((request.headers.authorization ?? '').replace('Bearer ', ''));
    if ('error' in bearer) return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    const file = options.contextOf(bearer.team).workspace.files.get(id);
    if (file === undefined) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': file.type }).end(file.content);
  }

  return {
    calls,
    responseUrls,
    handle(area, name, { request, response, body }) {
      if (area === 'api') return handleCall(name, request, response, body);
      if (area === 'respond') return handleResponse(name, response, body);
      if (area === 'upload') return handleUpload(name, request, response, body);
      if (area === 'files') return sendFile(name, request, response);
      return response.writeHead(404).end();
    },
  };
}

function argsOf(body: Buffer, type: string): Json {
  if (type.includes('json')) return JSON.parse(body.toString('utf8'));
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/** The one file of a multipart body; all of it where it is none. */
function filePart(body: Buffer, type: string): Buffer {
  const boundary = /boundary=(.+)$/.exec(type)?.[1];
  if (boundary === undefined) return body;
  const start = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(start, body.lastIndexOf(`\r\n--${boundary}`));
}
