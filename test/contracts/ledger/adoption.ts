import { describe, expect, it } from 'vitest';
import {
  askWith,
  commandWith,
  messageWith,
  outcomeWith,
  partWith,
  processIdentity,
  resultWith,
} from '../../support/ledger/samples.ts';
import { begun } from './asks.ts';
import type { Bench } from './bench.ts';

/** What becomes of the turns of processes that are gone. */
export function adoptionSuite(bench: Bench): void {
  describe('adopting', () => {
    it('takes what a dead process accepted or ran, in order, and leaves the living alone', () => {
      const group = bench();
      const [dead, alive] = [group.join(), group.join()];
      const running = begun(dead);
      const waiting = dead.ledger.accept(messageWith('m2')).turn.id;
      begun(alive, 'm3', 'terminal:two');
      const adopter = group.join();
      expect(adopter.ledger.adopt(() => true).turns).toEqual([]);
      dead.die();
      const { turns } = adopter.ledger.adopt(() => true);
      expect(turns.map((turn) => [turn.id, turn.state, turn.instance, turn.crashes, turn.startedAt === null])).toEqual([
        [running, 'accepted', adopter.ledger.instance, 1, false],
        [waiting, 'accepted', adopter.ledger.instance, 0, true],
      ]);
      expect(adopter.ledger.turn(running)).toEqual(turns[0]);
      expect(adopter.ledger.begin(waiting)).toBeNull();
      expect(adopter.ledger.begin(running)?.state).toBe('running');
      expect(adopter.ledger.adopt(() => true).turns).toEqual([]);
    });

    it('takes only what is wanted, and of the same configuration; the rest waits', () => {
      const group = bench();
      const [one, other] = [group.join({ configuration: '/a.yaml' }), group.join({ configuration: '/b.yaml' })];
      const wanted = begun(one, 'm1', 'terminal:mine');
      const unwanted = begun(one, 'm2', 'terminal:yours');
      begun(other, 'm3', 'terminal:theirs');
      one.die();
      other.die();
      const adopter = group.join({ configuration: '/a.yaml' });
      const mine = (turn: { message: { conversation: string } }) => turn.message.conversation === 'terminal:mine';
      expect([adopter.ledger.waiting(), adopter.ledger.waiting(mine)]).toEqual([2, 1]);
      expect(adopter.ledger.adopt(mine).turns.map((turn) => turn.id)).toEqual([wanted]);
      expect([adopter.ledger.waiting(), adopter.ledger.waiting(mine)]).toEqual([1, 0]);
      expect(
        group
          .join({ configuration: '/a.yaml' })
          .ledger.adopt(() => true)
          .turns.map((turn) => turn.id),
      ).toEqual([unwanted]);
      expect(group.join({ configuration: '/b.yaml' }).ledger.adopt(() => true).turns).toHaveLength(1);
    });

    it('counts no crash where the owner ended itself', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.end();
      const adopter = group.join();
      expect(adopter.ledger.waiting()).toBe(1);
      expect(adopter.ledger.adopt(() => true).turns).toMatchObject([{ id: turn, state: 'accepted', crashes: 0 }]);
    });

    it('gives each turn to one of several adopters', () => {
      const group = bench();
      const one = group.join();
      for (const id of ['m1', 'm2', 'm3']) one.ledger.accept(messageWith(id));
      one.die();
      const [left, right] = [group.join(), group.join()];
      const taken = [left.ledger.adopt((turn) => turn.message.id === 'm2'), right.ledger.adopt(() => true)];
      expect(taken.map(({ turns }) => turns.map((turn) => turn.message.id))).toEqual([['m2'], ['m1', 'm3']]);
    });

    it('tells which provider processes may be left, also of turns it does not take', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.decided(turn, { number: 1, reason: null, asks: [askWith('asked'), askWith('planned')] });
      one.ledger.asking('asked', processIdentity, 'read');
      one.ledger.processStarted('mind', turn, null);
      one.ledger.processStarted('mind', turn, { ...processIdentity, pid: 5 });
      one.ledger.processStarted('ended', turn, processIdentity);
      one.ledger.processEnded('ended');
      one.ledger.accept(messageWith('m2'));
      one.die();
      const adopter = group.join();
      const orphans = [
        { askId: 'asked', process: processIdentity },
        { askId: 'mind', process: { ...processIdentity, pid: 5 } },
        { askId: 'planned', process: null },
      ];
      const sorted = () =>
        adopter.ledger.adopt(() => false).orphans.toSorted((left, right) => left.askId.localeCompare(right.askId));
      expect(sorted()).toEqual(orphans);
      expect(sorted()).toEqual(orphans);
      adopter.ledger.adopt(() => true);
      expect(sorted()).toEqual([]);
    });

    it('keeps what was answered, and what a person signalled', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a')] });
      one.ledger.asking('a', processIdentity, 'read');
      one.ledger.answered('a', outcomeWith());
      one.die();
      const adopter = group.join();
      adopter.ledger.signal(turn, { kind: 'stop', by: 'Alice' });
      adopter.ledger.adopt(() => true);
      expect(adopter.ledger.rounds(turn)[0]?.asks[0]).toMatchObject({ state: 'answered', outcome: outcomeWith() });
      expect(adopter.ledger.takeSignals()).toEqual([{ turnId: turn, signal: { kind: 'stop', by: 'Alice' } }]);
    });

    it('settles a turn as failed that three processes died of, and delivers that', () => {
      const group = bench();
      const first = group.join();
      const turn = begun(first);
      first.ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a')] });
      first.ledger.asking('a', processIdentity, 'read');
      first.ledger.answered('a', outcomeWith());
      const innocent = first.ledger.accept(messageWith('m2')).turn.id;
      first.die();
      for (const crashes of [1, 2]) {
        const next = group.join();
        expect(next.ledger.adopt(() => true).turns[0]?.crashes).toBe(crashes);
        next.ledger.begin(turn);
        next.die();
      }
      const last = group.join();
      const { turns } = last.ledger.adopt(() => true);
      expect(turns).toMatchObject([
        { id: turn, state: 'settled', status: 'failed', reason: expect.stringContaining('died 3 times') },
        { id: innocent, state: 'accepted', crashes: 0 },
      ]);
      expect(turns[0]?.result?.rounds[0]?.asks).toEqual([outcomeWith().result]);
      expect(last.ledger.unsent(turn)).toMatchObject([
        { part: { kind: 'answer', exit: 1, markdown: expect.stringContaining('3 times') } },
      ]);
      expect(last.history.list({ limit: 1 })).toMatchObject([{ kind: 'answer', status: 'failed' }]);
      expect(last.ledger.begin(innocent)?.id).toBe(innocent);
    });

    it('says of a command that ended three processes what people read of a failed command', () => {
      const group = bench();
      const { ledger, die } = group.join();
      const turn = ledger.accept(commandWith('m1')).turn.id;
      ledger.begin(turn);
      die();
      for (let more = 0; more < 2; more += 1) {
        const next = group.join();
        next.ledger.adopt(() => true);
        next.ledger.begin(turn);
        next.die();
      }
      const last = group.join();
      last.ledger.adopt(() => true);
      expect(last.ledger.unsent(turn)).toMatchObject([
        {
          part: {
            kind: 'error',
            exit: 1,
            data: { error: { code: 'crashed', message: expect.any(String), hint: expect.any(String) } },
          },
        },
      ]);
    });

    it('does not count deaths of those who only delivered', () => {
      const group = bench();
      const first = group.join();
      const turn = begun(first);
      first.ledger.settle(turn, resultWith(turn), [partWith(turn)]);
      first.die();
      for (let more = 0; more < 4; more += 1) {
        const next = group.join();
        expect(next.ledger.adopt(() => true).turns).toMatchObject([
          { id: turn, state: 'settled', status: 'answered', crashes: 0 },
        ]);
        next.die();
      }
    });
  });
}
