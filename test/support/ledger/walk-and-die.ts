import { createHistory } from '../../../src/history/sqlite.ts';
import { createLedger } from '../../../src/ledger/sqlite.ts';
import { openStore } from '../../../src/store/store.ts';
import { walk } from './walk.ts';

/**
 * Adopts what is left and walks a turn to its end; kills itself before the step with the given number, or, with `in`, in the middle of
 * it: after its last statement and before its commit.
 */

const [directory = '', number = '0', where = 'before'] = process.argv.slice(2);
const store = openStore({ directory });
const kill = () => process.kill(process.pid, 'SIGKILL');
let steps = 0;
let armed = false;
const watched = {
  ...store,
  transaction: <T>(work: () => T): T =>
    store.transaction(() => {
      const result = work();
      if (armed) kill();
      return result;
    }),
};
const ledger = createLedger({ store: watched, history: createHistory(watched), configuration: '/c', role: 'command' });
ledger.adopt(() => true);
walk(ledger, () => {
  steps += 1;
  if (steps !== Number(number)) return;
  if (where === 'before') kill();
  armed = true;
});
ledger.close();
store.close();
