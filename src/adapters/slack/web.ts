import { WebClient, type WebClientOptions } from '@slack/web-api';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createSlackLogger } from './logger.ts';
import { outcomeOf } from './outcome.ts';
import type { Token } from './token.ts';

/** Who we are in a workspace, and what we may do there. */
export interface Identity {
  readonly team: string;
  readonly userId: string;
  readonly botId: string;
  readonly scopes: ReadonlySet<string>;
}

export interface SlackWeb {
  readonly client: WebClient;
  readonly identity: Identity;
  readonly token: Token;
}

export interface WebOptions {
  readonly token: Token;
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
  readonly log: Log;
  /** What is to be said when Slack does not accept the token, for Slack's reason. */
  signedOut(code: string): UserError;
}

const defaultApiUrl = 'https://slack.com/api/';
/** Without these, nobody can be answered. */
const needed = ['chat:write'];

/** Options of every client we make: waiting and repeating are ours, so that one channel's limit never stops another. */
export function clientOptions({ apiUrl, log }: Pick<WebOptions, 'apiUrl' | 'log'>) {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    logger: createSlackLogger(log),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: 15_000,
  };
}

/** Signs in. Rejects with `signedOut` for a token that does not serve, and with UserErrors `slack-scopes` and `slack-unreachable`. */
export async function openWeb(options: WebOptions): Promise<SlackWeb> {
  const { token, log } = options;
  const client = new WebClient(undefined, { ...clientOptions(options), fetch: fetchWith(token, options.apiUrl) });
  const test = await client.auth.test().catch((error: unknown) => {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'signed-out') throw options.signedOut(outcome.code);
    const why = 'message' in outcome ? outcome.message : 'it asks us to wait';
    throw new UserError('slack-unreachable', `Slack cannot be reached: ${why}.`, {
      hint: 'Look at the network and at $SLACK_API_URL, then start again.',
    });
  });
  const scopes = new Set(test.response_metadata?.scopes ?? []);
  const missing = scopes.size === 0 ? [] : needed.filter((scope) => !scopes.has(scope));
  if (missing.length > 0) {
    throw new UserError('slack-scopes', `The Slack app lacks the scope ${missing.join(', ')}.`, {
      hint: 'Add it under "OAuth & Permissions" (config/slack-manifest.json has all of them) and install the app again.',
      exit: 2,
    });
  }
  const optional = wanted.filter(([scope]) => scopes.size > 0 && !scopes.has(scope));
  for (const [scope, what] of optional) log.warn(`the Slack app lacks the scope ${scope}: ${what}`);
  const identity = { team: test.team_id ?? '', userId: test.user_id ?? '', botId: test.bot_id ?? '', scopes };
  return { client, identity, token };
}

/** What does not work without a scope. */
const wanted: readonly (readonly [scope: string, what: string])[] = [
  ['app_mentions:read', 'mentions are not heard'],
  ['channels:history', 'threads in public channels are not followed'],
  ['groups:history', 'threads in private channels are not followed'],
  ['im:history', 'direct messages are not heard'],
  ['commands', 'slash commands do not arrive'],
  ['chat:write.customize', 'agents speak under the name of the bot'],
  ['files:read', 'attached files are not read'],
  ['files:write', 'long answers cannot be attached as files'],
  ['users:read', 'people are known by their ids only'],
];

/** Whether agents may speak under their own names. Where the scopes are unknown, it is tried. */
export function mayCustomise({ scopes }: Identity): boolean {
  return scopes.size === 0 || scopes.has('chat:write.customize');
}

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** Calls with the token that serves at that time; once more with the next one where Slack says that it has expired. */
function fetchWith(token: Token, apiUrl: string | null): Fetch {
  const send = (url: string, init: Parameters<Fetch>[1], bearer: string) => {
    const headers = { ...init?.headers, Authorization: `Bearer ${bearer}` };
    return fetch(url, { ...init, headers });
  };
  return async (target, init) => {
    const url = String(target);
    // Files are uploaded to addresses that need no token, and get none.
    if (!url.startsWith(apiUrl ?? defaultApiUrl)) return fetch(url, init);
    const bearer = await token.get();
    const response = await send(url, init, bearer);
    if (!(await isExpired(response.clone()))) return response;
    const next = await token.expired(bearer);
    return next === null ? response : send(url, init, next);
  };
}

async function isExpired(response: Response): Promise<boolean> {
  if (response.status !== 200) return false;
  return /"error":\s*"token_expired"/.test(await response.text());
}
