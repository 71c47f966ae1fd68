import { describe, expect, it } from 'vitest';
import { askWith, messageWith, outcomeWith, processIdentity, resultWith } from '../../support/ledger/samples.ts';
import type { Bench, Member } from './bench.ts';

/** How rounds are decided, and asks put and answered. */
export function askSuite(bench: Bench): void {
  describe('rounds and asks', () => {
    it('are known in the order they were decided, with all that was planned', () => {
      const member = bench().join();
      const turn = begun(member);
      const asks = [askWith('b', { agent: 'web', after: ['api'], final: true, access: 'edit' }), askWith('a')];
      member.ledger.decided(turn, { number: 1, reason: null, asks });
      member.ledger.decided(turn, { number: 2, reason: 'They contradict.', asks: [askWith('c')] });
      const rounds = member.ledger.rounds(turn);
      expect(rounds.map((round) => [round.number, round.reason, round.asks.map((ask) => ask.id)])).toEqual([
        [1, null, ['b', 'a']],
        [2, 'They contradict.', ['c']],
      ]);
      expect(rounds[0]?.asks[0]).toEqual({
        ...asks[0],
        ...{
          round: 1,
          state: 'planned',
          process: null,
          sessionId: null,
          startedAt: null,
          outcome: null,
          retried: false,
        },
      });
      expect(member.ledger.rounds('no such turn')).toEqual([]);
    });

    it('show how far an ask has come', () => {
      const member = bench().join();
      const { ledger } = member;
      const turn = begun(member);
      ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a')] });
      ledger.asking('a', processIdentity, 'edit');
      const [asked] = ledger.rounds(turn)[0]?.asks ?? [];
      expect(asked).toMatchObject({
        state: 'asking',
        process: processIdentity,
        access: 'edit',
        startedAt: expect.any(String),
      });
      ledger.session('a', 'session-9');
      expect(ledger.rounds(turn)[0]?.asks[0]?.sessionId).toBe('session-9');
      const outcome = outcomeWith({ sessionId: null });
      ledger.answered('a', outcome);
      expect(ledger.rounds(turn)[0]?.asks[0]).toMatchObject({
        state: 'answered',
        outcome,
        sessionId: 'session-9',
        retried: false,
      });
    });

    it('stand in the history: the prompt, and what came back, be it a failure', () => {
      const member = bench().join();
      const { ledger, history } = member;
      const turn = begun(member);
      ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a'), askWith('b', { agent: 'web' })] });
      ledger.asking('a', processIdentity, 'read');
      ledger.asking('b', null, 'read');
      ledger.answered('a', outcomeWith());
      const failure = { reason: 'crashed', message: 'web ended with code 3.', stderrTail: 'boom' };
      ledger.answered(
        'b',
        outcomeWith({ agent: 'web', status: 'failed', text: null, failure, usage: null, sessionId: null }),
      );
      const [failed, reply, , ask] = history.list({ limit: 10 });
      expect(ask).toMatchObject({
        kind: 'ask',
        agent: 'api',
        actor: 'Alice',
        text: 'Prompt of a',
        conversation: 'terminal:one',
      });
      expect(reply).toMatchObject({
        ...{ kind: 'reply', agent: 'api', status: 'answered', sessionId: 'session-1', durationMs: 1200 },
        ...{ text: 'It waits, see src/limits.ts:42.', usage: outcomeWith().result.usage, retried: false },
      });
      expect(failed).toMatchObject({
        kind: 'reply',
        agent: 'web',
        status: 'failed',
        text: 'web ended with code 3.',
        usage: null,
      });
    });

    it('take a further process of the same run for no second ask', () => {
      const member = bench().join();
      const { ledger, history } = member;
      const turn = begun(member);
      ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a')] });
      ledger.asking('a', null, 'read');
      ledger.asking('a', processIdentity, 'read');
      expect(ledger.rounds(turn)[0]?.asks[0]).toMatchObject({ process: processIdentity, retried: false });
      expect(history.list({ limit: 10, kind: 'ask' })).toHaveLength(1);
    });

    it('are marked as retried when another process had put them before', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a'), askWith('b'), askWith('c')] });
      one.ledger.asking('a', processIdentity, 'read');
      one.ledger.asking('b', processIdentity, 'read');
      one.ledger.answered('b', outcomeWith());
      one.die();
      const other = group.join();
      other.ledger.adopt(() => true);
      other.ledger.asking('a', null, 'read');
      other.ledger.answered('a', outcomeWith());
      other.ledger.asking('c', null, 'read');
      const asks = other.ledger.rounds(turn)[0]?.asks ?? [];
      expect(asks.map((ask) => [ask.id, ask.state, ask.retried])).toEqual([
        ['a', 'answered', true],
        ['b', 'answered', false],
        ['c', 'asking', false],
      ]);
      expect(asks[1]?.outcome).toEqual(outcomeWith());
      const retried = other.history.list({ limit: 20 }).filter((entry) => entry.retried);
      expect(retried.map((entry) => [entry.kind, entry.text])).toEqual([
        ['reply', 'It waits, see src/limits.ts:42.'],
        ['ask', 'Prompt of a'],
      ]);
    });
  });

  describe('a process that does not own a turn', () => {
    it('can take no step of it', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.decided(turn, { number: 1, reason: null, asks: [askWith('a')] });
      const { ledger, history } = group.join();
      const before = history.list({ limit: 50 });
      const steps: readonly (() => void)[] = [
        () => ledger.decided(turn, { number: 2, reason: null, asks: [] }),
        () => ledger.asking('a', null, 'read'),
        () => ledger.session('a', 'session'),
        () => ledger.answered('a', outcomeWith()),
        () => ledger.settle(turn, resultWith(turn), []),
        () => ledger.processStarted('mind', turn, processIdentity),
        () => ledger.sending('no such part'),
        () => ledger.sent('no such part', null),
      ];
      for (const step of steps) expect(step, step.toString()).toThrow(expect.objectContaining({ code: 'turn-taken' }));
      expect(history.list({ limit: 50 })).toEqual(before);
      expect(ledger.turn(turn)?.state).toBe('running');
    });
  });
}

/** The id of a turn that the member has accepted and begun. */
export function begun({ ledger }: Member, id = 'm1', conversation = 'terminal:one'): string {
  const { turn } = ledger.accept(messageWith(id, { conversation }));
  if (ledger.begin(turn.id) === null) throw new Error('The turn has to wait.');
  return turn.id;
}
