import { describe, expect, it } from 'vitest';
import {
  askResultWith,
  commandWith,
  messageWith,
  partWith,
  resultWith,
  usageOf,
} from '../../support/ledger/samples.ts';
import type { Bench } from './bench.ts';

/** How a turn is accepted, waits, begins and settles. */
export function turnSuite(bench: Bench): void {
  describe('accepting', () => {
    it('records a message as a turn of this instance, with everything in it', () => {
      const { ledger } = bench().join({ configuration: '/projects/tutti.yaml' });
      const message = messageWith('m1', { text: 'Ünïcode 🙂 and\nlines', edited: true });
      const { turn, repeated } = ledger.accept(message, 'earlier-turn');
      expect(repeated).toBe(false);
      expect(turn).toMatchObject({
        ...{
          kind: 'question',
          state: 'accepted',
          instance: ledger.instance,
          config: '/projects/tutti.yaml',
          crashes: 0,
        },
        ...{
          status: null,
          reason: null,
          result: null,
          startedAt: null,
          settledAt: null,
          carries: 'earlier-turn',
          message,
        },
      });
      expect(ledger.turn(turn.id)).toEqual(turn);
      expect(ledger.turn('no such turn')).toBeNull();
    });

    it('knows a repeat by surface and id, whoever accepted it first, and changes nothing then', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const { turn } = one.ledger.accept(messageWith('m1'));
      const again = other.ledger.accept(messageWith('m1', { text: 'something else' }));
      expect(again).toEqual({ turn, repeated: true });
      expect(one.history.list({ limit: 10 })).toHaveLength(1);
      const elsewhere = messageWith('m1', {
        place: { surface: 'slack', channel: 'C1', direct: false, private: false },
      });
      expect(other.ledger.accept(elsewhere).repeated).toBe(false);
      expect(one.ledger.open()).toHaveLength(2);
    });

    it('gives a message that waits another text, and none to one that was begun', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const { turn } = one.ledger.accept(messageWith('m1'));
      const edited = messageWith('m1', { text: 'edited', edited: true });
      expect(other.ledger.revise(turn.id, edited)).toBe(false);
      expect(one.ledger.revise(turn.id, edited)).toBe(true);
      expect(one.ledger.find(edited.place.surface, 'm1')).toMatchObject({ id: turn.id, message: edited });
      one.ledger.begin(turn.id);
      expect(one.ledger.revise(turn.id, messageWith('m1', { text: 'too late' }))).toBe(false);
      expect(one.ledger.turn(turn.id)?.message.text).toBe('edited');
      expect(one.ledger.find('elsewhere', 'm1')).toBeNull();
    });

    it('still knows a message whose turn has ended', () => {
      const { ledger } = bench().join();
      const { turn } = ledger.accept(messageWith('m1'));
      ledger.begin(turn.id);
      ledger.settle(turn.id, resultWith(turn.id), []);
      expect(ledger.accept(messageWith('m1'))).toMatchObject({ repeated: true, turn: { state: 'settled' } });
    });

    it('writes a question into the history, a command only when told to', () => {
      const { ledger, history } = bench().join();
      ledger.accept(messageWith('m1', { text: '# What\n\nis it?' }));
      ledger.accept(commandWith('m2'));
      ledger.accept(commandWith('m3', 'group'), null, { recorded: true });
      ledger.accept(commandWith('m4', 'ask'), null, { kind: 'question' });
      ledger.accept(messageWith('m5'), null, { recorded: false });
      expect(history.list({ limit: 10 }).map((entry) => [entry.kind, entry.actor, entry.summary])).toEqual([
        ['question', 'Alice', '/ask'],
        ['command', 'Alice', '/group'],
        ['question', 'Alice', 'What'],
      ]);
      expect(history.list({ limit: 1, by: 'U-alice', query: '"is it"' })).toHaveLength(1);
      expect(ledger.open().map((turn) => turn.kind)).toEqual([
        'question',
        'command',
        'command',
        'question',
        'question',
      ]);
    });

    it('keeps the order in which it was done', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const ids = ['m1', 'm2', 'm3', 'm4'].map(
        (id, index) => (index % 2 ? one : other).ledger.accept(messageWith(id)).turn.id,
      );
      expect(one.ledger.open().map((turn) => turn.id)).toEqual(ids);
      const sequences = one.ledger.open().map((turn) => turn.sequence);
      expect(sequences).toEqual(sequences.toSorted((left, right) => left - right));
    });
  });

  describe('beginning', () => {
    it('takes one question of a conversation at a time, in order', () => {
      const { ledger } = bench().join();
      const [first, second, third] = ['m1', 'm2', 'm3'].map((id) => ledger.accept(messageWith(id)).turn.id) as [
        string,
        string,
        string,
      ];
      expect(ledger.begin(second)).toBeNull();
      expect(ledger.begin(first)).toMatchObject({ id: first, state: 'running', startedAt: expect.any(String) });
      expect(ledger.begin(second)).toBeNull();
      ledger.settle(first, resultWith(first), [partWith(first)]);
      expect(ledger.begin(third)).toBeNull();
      expect(ledger.begin(second)?.id).toBe(second);
      ledger.settle(third, resultWith(third, { status: 'stopped' }), []);
      expect(ledger.begin(third)).toBeNull();
    });

    it('lets conversations run beside each other', () => {
      const { ledger } = bench().join();
      const one = ledger.accept(messageWith('m1')).turn.id;
      const other = ledger.accept(messageWith('m2', { conversation: 'terminal:two' })).turn.id;
      expect(ledger.begin(one)?.id).toBe(one);
      expect(ledger.begin(other)?.id).toBe(other);
    });

    it('lets no command wait, and no question wait for a command', () => {
      const { ledger } = bench().join();
      const question = ledger.accept(messageWith('m1')).turn.id;
      const command = ledger.accept(commandWith('m2')).turn.id;
      const next = ledger.accept(messageWith('m3')).turn.id;
      expect(ledger.begin(command)?.id).toBe(command);
      expect(ledger.begin(question)?.id).toBe(question);
      expect(ledger.begin(next)).toBeNull();
    });

    it('waits for what another living process runs or has accepted before, and not for what a dead one left', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const first = other.ledger.accept(messageWith('m1')).turn.id;
      const second = one.ledger.accept(messageWith('m2')).turn.id;
      expect(one.ledger.begin(second)).toBeNull();
      expect(other.ledger.begin(first)?.id).toBe(first);
      expect(one.ledger.begin(second)).toBeNull();
      other.die();
      expect(one.ledger.begin(second)?.id).toBe(second);
    });

    it('takes nothing that another process owns', () => {
      const group = bench();
      const [one, other] = [group.join(), group.join()];
      const turn = one.ledger.accept(messageWith('m1')).turn.id;
      expect(other.ledger.begin(turn)).toBeNull();
      expect(other.ledger.begin('no such turn')).toBeNull();
    });
  });

  describe('settling', () => {
    it('ends a turn with its result, once', () => {
      const { ledger } = bench().join();
      const { id } = ledger.accept(messageWith('m1')).turn;
      ledger.begin(id);
      const result = resultWith(id, { status: 'partial', reason: 'the time was up', partial: true });
      ledger.settle(id, result, [partWith(id)]);
      expect(ledger.turn(id)).toMatchObject({
        ...{ state: 'settled', status: 'partial', reason: 'the time was up', result },
        ...{ instance: null, settledAt: expect.any(String) },
      });
      expect(ledger.open()).toEqual([]);
      expect(() => ledger.settle(id, result, [])).toThrow();
      expect(ledger.unsent(id)).toHaveLength(1);
    });

    it('ends a turn that was never begun', () => {
      const { ledger } = bench().join();
      const { id } = ledger.accept(messageWith('m1')).turn;
      ledger.settle(id, resultWith(id, { status: 'stopped', answer: null, reason: 'dropped by Alice' }), []);
      expect(ledger.turn(id)).toMatchObject({ state: 'settled', status: 'stopped', startedAt: null });
    });

    it('writes the answer into the history, without the usage of its agents', () => {
      const { ledger, history } = bench().join();
      const { id } = ledger.accept(messageWith('m1')).turn;
      ledger.begin(id);
      const asks = [
        askResultWith({ usage: usageOf(100, 0.25) }),
        askResultWith({ agent: 'web', usage: usageOf(10, 0.25) }),
      ];
      ledger.settle(
        id,
        resultWith(id, {
          rounds: [{ number: 1, reason: null, asks }],
          usage: { inputTokens: 130, outputTokens: 9, cachedTokens: 0, costUsd: 0.75 },
        }),
        [],
      );
      const [answer] = history.list({ limit: 1 });
      expect(answer).toMatchObject({
        ...{
          kind: 'answer',
          actor: 'Alice',
          agent: null,
          text: 'Both wait.',
          status: 'answered',
          conversation: 'terminal:one',
        },
        ...{
          durationMs: expect.any(Number),
          usage: { inputTokens: 20, outputTokens: 7, cachedTokens: 0, costUsd: 0.25 },
        },
      });
      const place = {
        conversation: 'x',
        surface: 'terminal',
        workspace: null,
        channel: 'local',
        publicOfWorkspace: false,
      };
      expect(history.list({ limit: 9, kind: 'answer', visible: { ...place, agents: ['api'] } })).toEqual([]);
      expect(history.list({ limit: 9, kind: 'answer', visible: { ...place, agents: ['api', 'web'] } })).toHaveLength(1);
    });

    it('writes no answer of a command into the history', () => {
      const { ledger, history } = bench().join();
      const { id } = ledger.accept(commandWith('m1')).turn;
      ledger.begin(id);
      ledger.settle(id, resultWith(id), [partWith(id)]);
      expect(history.list({ limit: 10 })).toEqual([]);
    });

    it('gives a conversation its ended questions, the newest first', () => {
      const { ledger } = bench().join();
      for (const id of ['m1', 'm2', 'm3']) {
        const turn = ledger.accept(messageWith(id)).turn.id;
        ledger.begin(turn);
        ledger.settle(turn, resultWith(turn, { answer: `Answer to ${id}` }), []);
      }
      const command = ledger.accept(commandWith('m4')).turn.id;
      ledger.settle(command, resultWith(command), []);
      ledger.accept(messageWith('m5'));
      expect(ledger.conversation('terminal:one', 2).map((turn) => turn.result?.answer)).toEqual([
        'Answer to m3',
        'Answer to m2',
      ]);
      expect(ledger.conversation('terminal:two', 2)).toEqual([]);
    });
  });
}
