import { describe, expect, it } from 'vitest';
import {
  createRotatingToken,
  fixedToken,
  type RotatingOptions,
  type Tokens,
} from '../../../src/adapters/slack/token.ts';
import { createLog } from '../../../src/log.ts';
import { waitFor } from '../../support/wait-for.ts';

const hour = 3_600_000;
const first: Tokens = { token: 'token-1', refreshToken: 'refresh-1', expiresAt: 12 * hour };

function rotating(more: Partial<RotatingOptions> = {}) {
  const asked: string[] = [];
  const kept: Tokens[] = [];
  const lines: string[] = [];
  const clock = { now: 0 };
  const token = createRotatingToken({
    tokens: first,
    log: createLog({ level: 'info', mask: (text) => text, write: (line) => void lines.push(line) }),
    async renew(refreshToken) {
      asked.push(refreshToken);
      const next = asked.length + 1;
      return { token: `token-${next}`, refreshToken: `refresh-${next}`, expiresAt: clock.now + 12 * hour };
    },
    async keep(tokens) {
      kept.push(tokens);
    },
    now: () => clock.now,
    ...more,
  });
  return { token, asked, kept, lines, clock };
}

describe('a token that expires', () => {
  it('is renewed in its last two hours, while it goes on serving', async () => {
    const { token, asked, kept, clock } = rotating();
    expect(await token.get()).toBe('token-1');
    expect(asked).toEqual([]);
    clock.now = 10.5 * hour;
    expect(await token.get()).toBe('token-1');
    await waitFor(() => token.now() === 'token-2', 'the next one serves');
    expect(await token.get()).toBe('token-2');
    expect(asked).toEqual(['refresh-1']);
    expect(kept).toEqual([{ token: 'token-2', refreshToken: 'refresh-2', expiresAt: 22.5 * hour }]);
  });

  it('is asked for once, however many need it when it has expired', async () => {
    const { token, asked, clock } = rotating();
    clock.now = 13 * hour;
    expect(await Promise.all([token.get(), token.get(), token.expired('token-1')])).toEqual(Array(3).fill('token-2'));
    expect(asked).toEqual(['refresh-1']);
    // Who still had the old one gets the new one, and nothing is asked.
    expect(await token.expired('token-1')).toBe('token-2');
    expect(asked).toHaveLength(1);
  });

  it('is kept again where it could not be kept, since the old one serves no more', async () => {
    const tried: string[] = [];
    const { token, lines, clock } = rotating({
      async keep({ token: name }) {
        tried.push(name);
        if (tried.length === 1) throw new Error('The disk is full.');
      },
    });
    clock.now = 13 * hour;
    expect(await token.get()).toBe('token-2');
    expect(lines.join('')).toContain('could not be kept');
    await token.get();
    await token.get();
    expect(tried).toEqual(['token-2', 'token-2']);
  });

  it('serves to its end where Slack renews it no more, and says what to do', async () => {
    const asked: string[] = [];
    const { token, lines, clock } = rotating({
      async renew(refreshToken) {
        asked.push(refreshToken);
        return null;
      },
    });
    clock.now = 11 * hour;
    expect(await token.get()).toBe('token-1');
    await waitFor(() => lines.length === 1, 'it is said');
    expect(lines[0]).toContain('install Tutti there again');
    clock.now = 13 * hour;
    expect(await token.get()).toBe('token-1');
    expect(await token.expired('token-1')).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('fails the call while Slack is away, and comes with the next one', async () => {
    let isAway = true;
    const { token, clock } = rotating({
      async renew() {
        if (isAway) throw new Error('no answer');
        return { token: 'token-2', refreshToken: 'refresh-2', expiresAt: 30 * hour };
      },
    });
    clock.now = 13 * hour;
    await expect(token.get()).rejects.toThrow('no answer');
    isAway = false;
    expect(await token.get()).toBe('token-2');
  });

  it('gives way to those of a new installation, also while it is being renewed', async () => {
    const gate = Promise.withResolvers<void>();
    const { token, kept, clock } = rotating({
      async renew() {
        await gate.promise;
        return { token: 'late', refreshToken: 'late', expiresAt: 30 * hour };
      },
    });
    clock.now = 13 * hour;
    const waiting = token.get();
    token.replace({ token: 'installed', refreshToken: 'fresh', expiresAt: 25 * hour });
    gate.resolve();
    expect(await waiting).toBe('installed');
    expect(kept).toEqual([]);
  });
});

it('is the same for ever where it comes from the environment', async () => {
  const token = fixedToken('xoxb-1');
  expect([token.now(), await token.get(), await token.expired('xoxb-1')]).toEqual(['xoxb-1', 'xoxb-1', null]);
});
