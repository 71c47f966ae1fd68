import { randomUUID } from 'node:crypto';
import type { Json } from './workspace.ts';

/** How apps come by tokens on Slack: codes that serve once, tokens that expire, refresh tokens that serve once. */
export interface Grants {
  /** Somebody presses "Allow" in a workspace; the code is good for one token. */
  allow(team: string): string;
  /** What `oauth.v2.access` answers. */
  access(args: Json): Json;
  /** The workspace that a token is of, or the platform's error. */
  check(token: string): { readonly team: string } | { readonly error: string };
  /** All tokens of a workspace serve no more. */
  revoke(team: string, error: 'token_revoked' | 'account_inactive'): void;
  /** All tokens of a workspace have expired. */
  expire(team: string): void;
  /** Refreshes that were asked for, also those refused. */
  readonly refreshes: readonly Refresh[];
}

interface Refresh {
  readonly refreshToken: string;
  readonly ok: boolean;
}

interface Issued {
  readonly team: string;
  error: string | null;
}

export interface GrantOptions {
  /** Tokens that were handed out by hand, with their workspaces. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Seconds that tokens live, where the app rotates them; null where they live for ever. */
  readonly expiresIn: number | null;
  readonly scopes: readonly string[];
  /** The bot's id in a workspace. */
  botUserOf(team: string): string;
}

export const clientId = '1111.2222';
export const clientSecret = 'double-client-secret';

export function createGrants(options: GrantOptions): Grants {
  const codes = new Map<string, string>();
  const tokens = new Map<string, Issued>();
  const refreshTokens = new Map<string, string>();
  const refreshes: Refresh[] = [];

  function issue(team: string): Json {
    const token = `xoxe.xoxb-${randomUUID()}`;
    const refreshToken = `xoxe-1-${randomUUID()}`;
    tokens.set(token, { team, error: null });
    const rotating = options.expiresIn !== null;
    if (rotating) refreshTokens.set(refreshToken, team);
    return {
      ok: true,
      access_token: token,
      token_type: 'bot',
      scope: options.scopes.join(','),
      bot_user_id: options.botUserOf(team),
      app_id: 'A0TUTTI',
      team: { id: team, name: `Team ${team}` },
      enterprise: null,
      authed_user: { id: 'U0ALICE' },
      is_enterprise_install: false,
      ...(rotating ? { expires_in: options.expiresIn, refresh_token: refreshToken } : {}),
    };
  }

  function refresh(refreshToken: string): Json {
    const team = refreshTokens.get(refreshToken);
    refreshes.push({ refreshToken, ok: team !== undefined });
    if (team === undefined) return { ok: false, error: 'invalid_refresh_token' };
    refreshTokens.delete(refreshToken);
    return issue(team);
  }

  return {
    refreshes,
    allow(team) {
      const code = randomUUID();
      codes.set(code, team);
      return code;
    },
    access(args) {
      if (args.client_id !== clientId || args.client_secret !== clientSecret)
        return { ok: false, error: 'invalid_client_id' };
      if (args.grant_type === 'refresh_token') return refresh(String(args.refresh_token));
      const team = codes.get(String(args.code));
      codes.delete(String(args.code));
      return team === undefined ? { ok: false, error: 'invalid_code' } : issue(team);
    },
    check(token) {
      const team = options.fixed.get(token);
      if (team !== undefined) return { team };
      const issued = tokens.get(token);
      if (issued === undefined) return { error: 'invalid_auth' };
      return issued.error === null ? { team: issued.team } : { error: issued.error };
    },
    revoke(team, error) {
      for (const issued of tokens.values()) if (issued.team === team) issued.error = error;
    },
    expire(team) {
      for (const issued of tokens.values()) if (issued.team === team) issued.error = 'token_expired';
    },
  };
}
