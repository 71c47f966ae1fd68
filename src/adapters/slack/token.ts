import { messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';

/** The token of a workspace, which may be another one tomorrow. */
export interface Token {
  /** The one that serves now, as far as is known. */
  now(): string;
  /** One that serves: renewed in good time. Rejects where it has expired and cannot be renewed now. */
  get(): Promise<string>;
  /** Slack said that this one has expired; resolves with another, or with null where there is none. */
  expired(token: string): Promise<string | null>;
}

/** What Slack gave for a workspace. */
export interface Tokens {
  readonly token: string;
  /** Serves once; null where the token never expires. */
  readonly refreshToken: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
}

export interface RotatingOptions {
  readonly tokens: Tokens;
  readonly log: Log;
  /** Asks Slack for the next tokens; null where it never gives any for this refresh token. Rejects where it cannot be reached. */
  renew(refreshToken: string): Promise<Tokens | null>;
  /** Keeps them, so that the next process finds them. */
  keep(tokens: Tokens): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface RotatingToken extends Token {
  /** The workspace installed Tutti again. */
  replace(tokens: Tokens): void;
}

/** A token from the environment. */
export function fixedToken(token: string): Token {
  return { now: () => token, get: async () => token, expired: async () => null };
}

/** Tokens live for 12 hours; in their last two, a new one is asked for. */
const earlyMs = 2 * 3_600_000;
/** With less than this left, a call waits for the new one. */
const tightMs = 60_000;
const pauseMs = 30_000;

/**
 * A token that is renewed when it is used. Refresh tokens serve once: all who ask at the same time share one request, and only the
 * process that serves the workspace makes one.
 */
export function createRotatingToken(options: RotatingOptions): RotatingToken {
  const { log, now } = options;
  let tokens = options.tokens;
  let isKept = true;
  let renewing: Promise<void> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;

  async function keep(): Promise<void> {
    try {
      await options.keep(tokens);
      isKept = true;
    } catch (error) {
      // Slack takes the old refresh token no more: the new one has to be kept before this process ends.
      isKept = false;
      log.error('a renewed token of Slack could not be kept; it is tried again', { reason: messageOf(error) });
    }
  }

  async function renewNow(refreshToken: string): Promise<void> {
    triedAt = now();
    const next = await options.renew(refreshToken);
    // Replaced meanwhile.
    if (tokens.refreshToken !== refreshToken) return;
    if (next === null) {
      tokens = { ...tokens, refreshToken: null };
      return log.error('Slack renews the token of a workspace no more; install Tutti there again');
    }
    tokens = next;
    await keep();
  }

  function renew(): Promise<void> {
    const { refreshToken } = tokens;
    if (refreshToken === null) return Promise.resolve();
    renewing ??= renewNow(refreshToken).finally(() => {
      renewing = null;
    });
    return renewing;
  }

  return {
    now: () => tokens.token,
    async get() {
      if (!isKept) await keep();
      const left = (tokens.expiresAt ?? Number.POSITIVE_INFINITY) - now();
      if (left > earlyMs) return tokens.token;
      if (left < tightMs) await renew();
      else if (now() - triedAt > pauseMs) renew().catch(() => undefined);
      return tokens.token;
    },
    async expired(token) {
      if (token === tokens.token) await renew();
      return token === tokens.token ? null : tokens.token;
    },
    replace(next) {
      tokens = next;
      isKept = true;
    },
  };
}
