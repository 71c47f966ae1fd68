import { describe, expect, it } from 'vitest';
import { ownedTurn, ownedTurnOfAsk, ownedTurnOfPart } from '../../src/ledger/ground.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { askWith, messageWith, partWith, resultWith } from '../support/ledger/samples.ts';

describe('owning a turn', () => {
  it('is known by the turn, its asks and its parts, to its owner alone', () => {
    const group = sqliteBench();
    const [owner, other] = [group.join(), group.join()];
    const { turn } = owner.ledger.accept(messageWith('m1'));
    owner.ledger.decided(turn.id, { number: 1, reason: null, asks: [askWith('a')] });
    owner.ledger.settle(turn.id, resultWith(turn.id), [partWith(turn.id)]);
    expect(ownedTurn(owner.store, turn.id)).toBe(turn.sequence);
    expect(ownedTurnOfAsk(owner.store, 'a')).toBe(turn.sequence);
    expect(ownedTurnOfPart(owner.store, `${turn.id}:0`)).toBe(turn.sequence);
    const taken = expect.objectContaining({ code: 'turn-taken', hint: expect.stringContaining('tutti status') });
    expect(() => ownedTurn(other.store, turn.id)).toThrow(taken);
    expect(() => ownedTurnOfAsk(other.store, 'a')).toThrow(taken);
    expect(() => ownedTurnOfPart(other.store, `${turn.id}:0`)).toThrow(taken);
  });

  it('is lost to the one that adopts, so a process that was taken for dead does no more harm', () => {
    const group = sqliteBench();
    const [owner, other] = [group.join(), group.join()];
    const { turn } = owner.ledger.accept(messageWith('m1'));
    owner.ledger.begin(turn.id);
    // Its lock is gone without its knowledge.
    owner.store.run('DELETE FROM instances WHERE id = ?', owner.store.instance);
    expect(other.ledger.adopt(() => true).turns.map((each) => each.id)).toEqual([turn.id]);
    expect(() => owner.ledger.settle(turn.id, resultWith(turn.id), [])).toThrow(
      expect.objectContaining({ code: 'turn-taken' }),
    );
    expect(other.ledger.turn(turn.id)?.state).toBe('accepted');
  });
});
