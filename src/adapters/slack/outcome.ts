import { ErrorCode } from '@slack/web-api';
import { messageOf, UserError } from '../../errors.ts';
import type { Outcome } from '../outcome.ts';

const signedOut: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
]);
const passing: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
]);

/** Reads what a call of the web API was rejected with. */
export function outcomeOf(error: unknown): Outcome {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  if (fields.code === ErrorCode.RateLimitedError)
    return { kind: 'limited', afterMs: Number(fields.retryAfter ?? 1) * 1000 };
  if (fields.code !== ErrorCode.PlatformError) return { kind: 'unsure', message: messageOf(error) };
  const data: Readonly<Record<string, unknown>> =
    typeof fields.data === 'object' && fields.data !== null ? { ...fields.data } : {};
  const code = String(data.error ?? 'unknown_error');
  // What stands between us and Slack may answer with a page of its own, which the client takes for the name of an error.
  if (!/^[\w.:-]+$/.test(code)) return { kind: 'unsure', message: 'no answer of Slack’s' };
  if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'limited', afterMs: 1000 };
  if (signedOut.has(code)) return { kind: 'signed-out', code };
  if (passing.has(code)) return { kind: 'unsure', message: code };
  if (code === 'missing_scope')
    return { kind: 'refused', code, message: missingScope(String(data.needed ?? 'a scope')) };
  return { kind: 'refused', code, message: code };
}

function missingScope(needed: string): string {
  return `the scope ${needed} is missing: add it under "OAuth & Permissions" and install the app again`;
}

/** The one line that ends the process when a token does not serve (any more). */
export function tokenProblem(code: string, variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): UserError {
  const where =
    variable === 'SLACK_BOT_TOKEN'
      ? 'Copy the bot token (xoxb-…) from "OAuth & Permissions" of the app into it.'
      : 'Make an app-level token (xapp-…) with the scope connections:write under "Basic Information" and put it there.';
  return new UserError('slack-sign-in', `Slack does not accept $${variable} (${code}).`, { hint: where, exit: 2 });
}

/** The same for a workspace that installed Tutti: the others go on. */
export function reinstall(workspace: string, code: string): UserError {
  return new UserError(
    'slack-sign-in',
    `Slack does not accept Tutti in the workspace ${workspace} any more (${code}).`,
    {
      hint: 'Open the page /slack/install and install it there again.',
      exit: 2,
    },
  );
}

/** The app of the token in the environment was removed. */
export function removedProblem(code: string): UserError {
  return new UserError('slack-sign-in', `Tutti was removed from its workspace of Slack (${code}).`, {
    hint: 'Install the app again ("Install App"), copy its new bot token into $SLACK_BOT_TOKEN, and start again.',
    exit: 2,
  });
}
