import { describe, expect, it } from 'vitest';
import { createDelivery, type Piece } from '../../src/adapters/delivery.ts';
import type { Outcome } from '../../src/adapters/outcome.ts';
import { UserError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';

/** A platform that answers a post with the next of these. */
function delivery(answers: (Outcome | string | null)[], found: (string | null)[] = []) {
  const sent: string[] = [];
  const looked: string[] = [];
  const failures: string[] = [];
  const ending = new AbortController();
  const { post } = createDelivery<string, Piece<string>>({
    surface: 'Chat',
    log: createLog({ level: 'silent', mask: (text) => text }),
    signal: ending.signal,
    intervalMs: 0,
    backoffMs: [1, 2],
    clock: () => performance.now(),
    async find(piece) {
      looked.push(piece.id);
      return found.shift() ?? null;
    },
    async send(piece) {
      const answer = answers.shift() ?? null;
      sent.push(piece.id);
      if (answer !== null && typeof answer === 'object') throw answer;
      return answer;
    },
    outcomeOf: (error) => error as Outcome,
    signedOut: (code) => new UserError('signed-out', code),
    failed: ({ code }) => void failures.push(code),
  });
  return { post, sent, looked, failures, ending };
}

function piece(id: string, more: Partial<Piece<string>> = {}): Piece<string> {
  return { id, lane: 'a', place: async () => 'here', text: id, again: false, since: '', ...more };
}

const unsure: Outcome = { kind: 'unsure', message: 'no answer' };

describe('delivery', () => {
  it('looks before it posts again, and only then', async () => {
    const { post, sent, looked } = delivery([unsure, unsure, 'p1', 'p2'], [null, 'found']);
    expect(await post(piece('one'))).toBe('found');
    expect([sent, looked]).toEqual([
      ['one', 'one'],
      ['one', 'one'],
    ]);
    expect(await post(piece('two'))).toBe('p1');
    expect(looked).toHaveLength(2);
  });

  it('looks first for what an earlier process may have posted', async () => {
    const { post, sent } = delivery([], ['there']);
    expect(await post(piece('one', { again: true }))).toBe('there');
    expect(sent).toEqual([]);
  });

  it('waits for a limit without looking, in the order of the lane', async () => {
    const { post, sent, looked } = delivery([{ kind: 'limited', afterMs: 5 }, 'p1', 'p2']);
    expect(await Promise.all([post(piece('one')), post(piece('two'))])).toEqual(['p1', 'p2']);
    expect([sent, looked]).toEqual([['one', 'one', 'two'], []]);
  });

  it('goes on after a refusal, and ends where nobody may speak', async () => {
    const refused: Outcome = { kind: 'refused', code: 'gone', message: 'gone' };
    const { post, failures } = delivery([refused, 'p2', { kind: 'signed-out', code: 'revoked' }]);
    expect(await post(piece('one'))).toBeNull();
    expect(await post(piece('two'))).toBe('p2');
    await expect(post(piece('three'))).rejects.toBeDefined();
    expect(failures).toEqual(['signed-out']);
  });

  it('posts nothing where there is no place, and nothing once it has ended', async () => {
    const { post, sent, ending } = delivery(['p1']);
    expect(await post(piece('one', { place: async () => undefined }))).toBeNull();
    ending.abort();
    await expect(post(piece('two'))).rejects.toThrow();
    expect(sent).toEqual([]);
  });
});
