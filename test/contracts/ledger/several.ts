import { describe, expect, it } from 'vitest';
import { messageWith, partWith, resultWith } from '../../support/ledger/samples.ts';
import { begun } from './asks.ts';
import type { Bench } from './bench.ts';

/** What several processes with one ledger know of each other. */
export function severalSuite(bench: Bench): void {
  describe('instances', () => {
    it('are known with what they are, until they end themselves', () => {
      const group = bench();
      const one = group.join({ role: 'serve', configuration: '/a.yaml' });
      const other = group.join({ role: 'repl', configuration: '/b.yaml' });
      one.ledger.hold(['slack:T1']);
      expect(other.ledger.instances()).toMatchObject([
        {
          id: one.ledger.instance,
          pid: process.pid,
          role: 'serve',
          config: '/a.yaml',
          holds: ['slack:T1'],
          alive: true,
          since: expect.any(String),
        },
        { id: other.ledger.instance, role: 'repl', config: '/b.yaml', holds: [], alive: true },
      ]);
      one.die();
      expect(other.ledger.instances().map((instance) => instance.alive)).toEqual([false, true]);
      other.ledger.adopt(() => false);
      expect(other.ledger.instances().map((instance) => instance.id)).toEqual([other.ledger.instance]);
      const third = group.join();
      other.end();
      expect(third.ledger.instances().map((instance) => instance.id)).toEqual([third.ledger.instance]);
    });

    it('hold a surface and workspace once, until they are gone', () => {
      const group = bench();
      const [one, other] = [group.join({ role: 'serve' }), group.join({ role: 'serve' })];
      one.ledger.hold(['slack:T1', 'discord:1']);
      expect(() => other.ledger.hold(['slack:T2', 'discord:1'])).toThrow(
        expect.objectContaining({ code: 'already-served', message: expect.stringContaining(String(process.pid)) }),
      );
      expect(other.ledger.instances()[1]?.holds).toEqual([]);
      other.ledger.hold(['slack:T2']);
      one.ledger.hold(['slack:T1', 'discord:1']);
      one.die();
      other.ledger.hold(['slack:T2', 'discord:1']);
    });
  });

  describe('signals', () => {
    it('reach the owner of a turn once, in order, and nobody else', () => {
      const group = bench();
      const [owner, other] = [group.join(), group.join()];
      const turn = begun(owner);
      other.ledger.signal(turn, { kind: 'steer', by: 'Bob', text: 'Look at the tests.' });
      owner.ledger.signal(turn, { kind: 'stop-agent', by: 'Alice', agent: 'api' });
      other.ledger.signal('no such turn', { kind: 'stop', by: 'Bob' });
      expect(other.ledger.takeSignals()).toEqual([]);
      expect(owner.ledger.takeSignals()).toEqual([
        { turnId: turn, signal: { kind: 'steer', by: 'Bob', text: 'Look at the tests.' } },
        { turnId: turn, signal: { kind: 'stop-agent', by: 'Alice', agent: 'api' } },
      ]);
      expect(owner.ledger.takeSignals()).toEqual([]);
    });

    it('are gone when their turn has ended', () => {
      const group = bench();
      const [owner, other] = [group.join(), group.join()];
      const turn = begun(owner);
      other.ledger.signal(turn, { kind: 'stop', by: 'Bob' });
      owner.ledger.settle(turn, resultWith(turn), [partWith(turn)]);
      other.ledger.signal(turn, { kind: 'stop', by: 'Bob' });
      expect(owner.ledger.takeSignals()).toEqual([]);
    });

    it('are noticed, as everything that another has written', () => {
      const group = bench();
      const [owner, other] = [group.join(), group.join()];
      const turn = begun(owner);
      const before = owner.ledger.version();
      expect(owner.ledger.version()).toBe(before);
      other.ledger.signal(turn, { kind: 'drop', by: 'Bob' });
      expect(owner.ledger.version()).not.toBe(before);
    });
  });

  describe('the writer of a directory', () => {
    it('is one at a time over all processes', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const [mine, yours] = [begun(one, 'm1', 'terminal:one'), begun(other, 'm2', 'terminal:two')];
      expect(one.ledger.lockDirectory('/projects/api', mine)).toBe(true);
      expect(other.ledger.lockDirectory('/projects/api', yours)).toBe(false);
      expect(one.ledger.lockDirectory('/projects/api', mine)).toBe(false);
      expect(other.ledger.lockDirectory('/projects/web', yours)).toBe(true);
      other.ledger.unlockDirectory('/projects/api', mine);
      expect(other.ledger.lockDirectory('/projects/api', yours)).toBe(false);
      one.ledger.unlockDirectory('/projects/api', mine);
      expect(other.ledger.lockDirectory('/projects/api', yours)).toBe(true);
    });

    it.each(['die', 'end', 'settle'] as const)(
      'is free again after its process or turn has come to its end: %s',
      (ending) => {
        const group = bench();
        const [one, other] = [group.join(), group.join()];
        const turn = begun(one);
        one.ledger.lockDirectory('/projects/api', turn);
        if (ending === 'settle') one.ledger.settle(turn, resultWith(turn), []);
        else one[ending]();
        expect(other.ledger.lockDirectory('/projects/api', 'another-turn')).toBe(true);
      },
    );
  });

  describe('the queue', () => {
    it('is in the order that people give to it', () => {
      const { ledger } = bench().join();
      const ids = ['m1', 'm2', 'm3', 'm4'].map((id) => ledger.accept(messageWith(id)).turn.id);
      const order = () => ledger.open().map((turn) => ids.indexOf(turn.id) + 1);
      ledger.move(ids[3] ?? '', 1);
      expect(order()).toEqual([4, 1, 2, 3]);
      ledger.move(ids[0] ?? '', 3);
      expect(order()).toEqual([4, 2, 1, 3]);
      ledger.move(ids[1] ?? '', 99);
      expect(order()).toEqual([4, 1, 3, 2]);
      expect(ledger.begin(ids[0] ?? '')).toBeNull();
      expect(ledger.begin(ids[3] ?? '')?.id).toBe(ids[3]);
    });

    it('passes a turn that is held, until it goes on', () => {
      const { ledger } = bench().join();
      const [first, second] = ['m1', 'm2'].map((id) => ledger.accept(messageWith(id)).turn.id) as [string, string];
      ledger.holdTurn(first, true);
      expect(ledger.turn(first)?.held).toBe(true);
      expect(ledger.begin(first)).toBeNull();
      expect(ledger.begin(second)?.id).toBe(second);
      ledger.settle(second, resultWith(second), []);
      ledger.holdTurn(first, false);
      expect(ledger.begin(first)?.id).toBe(first);
    });
  });

  describe('retention', () => {
    it('removes what was delivered long ago, some at a time; nothing that is open; and the history stays', () => {
      const member = bench().join();
      const { ledger, history } = member;
      for (const id of ['m1', 'm2', 'm3']) {
        const turn = begun(member, id);
        ledger.settle(turn, resultWith(turn), []);
      }
      const undelivered = begun(member, 'm4');
      ledger.settle(undelivered, resultWith(undelivered), [partWith(undelivered)]);
      const open = ledger.accept(messageWith('m5')).turn.id;
      const entries = history.list({ limit: 50 });
      expect(ledger.prune(new Date(0))).toBe(0);
      const later = new Date(Date.now() + 60_000);
      expect(ledger.prune(later, 2)).toBe(2);
      expect(ledger.prune(later, 2)).toBe(1);
      expect(ledger.prune(later, 2)).toBe(0);
      expect(ledger.conversation('terminal:one', 10).map((turn) => turn.id)).toEqual([undelivered]);
      expect(ledger.unsent(undelivered)).toHaveLength(1);
      expect(ledger.open().map((turn) => turn.id)).toEqual([open]);
      expect(history.list({ limit: 50 })).toEqual(entries);
    });
  });
}
