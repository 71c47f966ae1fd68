import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';
import { askWith, messageWith, outcomeWith, processIdentity } from '../support/ledger/samples.ts';

it('leaves to the next process the session of an ask in flight, and what was answered', async () => {
  const { directory, join } = sqliteBench();
  const killed = await ledgerProcess(directory);
  const { turn } = await killed.call('accept', messageWith('m1'));
  await killed.call('begin', turn.id);
  const asks = [askWith('answered'), askWith('in-flight', { access: 'edit' }), askWith('planned')];
  await killed.call('decided', turn.id, { number: 1, reason: null, asks });
  await killed.call('asking', 'answered', processIdentity, 'read');
  await killed.call('answered', 'answered', outcomeWith());
  await killed.call('asking', 'in-flight', processIdentity, 'edit');
  await killed.call('session', 'in-flight', 'a-session');
  await killed.kill();
  const { ledger } = join();
  ledger.adopt(() => true);
  expect(ledger.rounds(turn.id)[0]?.asks).toMatchObject([
    { id: 'answered', state: 'answered', outcome: outcomeWith() },
    { id: 'in-flight', state: 'asking', access: 'edit', sessionId: 'a-session', process: processIdentity },
    { id: 'planned', state: 'planned', process: null },
  ]);
});
