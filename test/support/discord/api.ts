import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type CallBody, readBody } from './body.ts';
import type { Fault, Faults } from './faults.ts';
import type { ApiCall } from './handle.ts';
import type { RateLimiter, Taken } from './limits.ts';
import { ApiProblem } from './problems.ts';
import { findRoute, type Match } from './route-table.ts';
import type { Reply } from './routes.ts';
import type { Scene } from './scene.ts';
import type { Json } from './world.ts';

/** The REST interface: tokens, limits, planned faults, and the routes behind them. */
export interface Api {
  readonly calls: readonly ApiCall[];
  readonly rateLimited: number;
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export interface ApiOptions {
  readonly scene: Scene;
  readonly limiter: RateLimiter;
  readonly faults: Faults;
  /** Null once it was revoked. */
  token(): string | null;
}

interface Answer {
  readonly status: number;
  readonly body: Json | readonly Json[] | null;
  readonly headers: Readonly<Record<string, string>>;
}

const prefix = /^\/api\/v10(?=\/)/;

export function createApi({ scene, limiter, faults, token }: ApiOptions): Api {
  const calls: ApiCall[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.replace(prefix, '');
    const match = findRoute(request.method ?? 'GET', path);
    const route = match?.route.name ?? 'unknown';
    const body = await readBody(request).catch((problem: unknown) => refusalOf(problem));
    const record = (status: number, code: number): void => {
      const given = 'headers' in body ? {} : body.items.length > 0 ? { items: body.items } : body.body;
      calls.push({ route, method: request.method ?? '', path, body: given, status, code, at: performance.now() });
    };
    const fault = faults.take(route);
    const ready = prefix.test(url.pathname) && match !== null;
    const perform = (): Answer => ('headers' in body ? body : ready ? answerOf(match, request, url, body) : notFound);
    const answer = await withFault(fault, perform);
    if (answer === null) {
      record(0, 0);
      response.destroy();
      return;
    }
    record(answer.status, codeOf(answer.body));
    const content = answer.body === null ? undefined : JSON.stringify(answer.body);
    const type = content === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(answer.status, { ...type, ...answer.headers }).end(content);
  }

  function answerOf({ route, params }: Match, request: IncomingMessage, url: URL, body: CallBody): Answer {
    try {
      if (route.open !== true && request.headers.authorization !== `Bot ${token()}`) throw new ApiProblem(0);
      const limited = limitOf({ route, params }, body);
      if (limited !== null && 'status' in limited) return limited;
      const headers = limited?.headers ?? {};
      try {
        const reply: Reply = route.run({ scene, params, query: url.searchParams, ...body });
        return { ...reply, headers };
      } catch (problem) {
        return { ...refusalOf(problem), headers };
      }
    } catch (problem) {
      return refusalOf(problem);
    }
  }

  /** The headers of the route's limit, or the answer where a limit is over. */
  function limitOf({ route, params }: Match, { body }: CallBody): Taken | Answer | null {
    if (route.open !== true) {
      const all = limiter.take('global', 'bot');
      if (all.waitMs !== null) return tooMany(all, { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' });
    }
    if (route.name === 'channel.edit' && body.name !== undefined) {
      const named = limiter.take('rename', params.channel ?? '');
      if (named.waitMs !== null) return tooMany(named, { 'x-ratelimit-scope': 'user' });
    }
    if (route.name === 'message.edit' && isOld(params)) {
      const old = limiter.take('oldEdit', params.channel ?? '');
      if (old.waitMs !== null) return tooMany(old, { 'x-ratelimit-scope': 'user' }, 30046);
    }
    if (route.limit === undefined) return null;
    const [name, step] = route.limit;
    const taken = limiter.take(name, params[step] ?? '');
    return taken.waitMs === null ? taken : tooMany(taken, { ...taken.headers, 'x-ratelimit-scope': 'user' });
  }

  function isOld(params: Match['params']): boolean {
    const message = scene.world.find(params.channel ?? '', params.message ?? '');
    return message !== null && Date.now() - message.at > scene.oldMs;
  }

  return {
    calls,
    get rateLimited() {
      return calls.filter(({ status }) => status === 429).length;
    },
    handle,
  };
}

const notFound: Answer = { status: 404, body: { message: '404: Not Found', code: 0 }, headers: {} };

/** What is answered when this goes wrong; null where the connection is cut. */
async function withFault(fault: Fault | null, perform: () => Answer): Promise<Answer | null> {
  if (fault === null) return perform();
  if (fault.kind === 'refusal') return refusalOf(new ApiProblem(fault.code));
  if (fault.kind === 'stall') {
    if (fault.how === 'before') await wait(fault.ms);
    const answer = perform();
    if (fault.how === 'after') await wait(fault.ms);
    return answer;
  }
  if (fault.how === 'after') perform();
  return fault.kind === 'cut'
    ? null
    : { status: fault.status, body: { message: 'Server Error', code: 0 }, headers: {} };
}

function refusalOf(problem: unknown): Answer {
  if (!(problem instanceof ApiProblem)) throw problem;
  const { status, code, message, errors } = problem;
  return { status, body: { message, code, ...(errors === null ? {} : { errors }) }, headers: {} };
}

function tooMany({ waitMs }: Taken, headers: Readonly<Record<string, string>>, code = 0): Answer {
  const seconds = (waitMs ?? 0) / 1000;
  const isGlobal = headers['x-ratelimit-global'] !== undefined;
  const message = code === 0 ? 'You are being rate limited.' : new ApiProblem(code).message;
  return {
    status: 429,
    body: { message, retry_after: seconds, global: isGlobal, code },
    headers: { ...headers, 'retry-after': String(Math.ceil(seconds)) },
  };
}

function codeOf(body: Answer['body']): number {
  return body !== null && 'code' in body && typeof body.code === 'number' ? body.code : 0;
}
