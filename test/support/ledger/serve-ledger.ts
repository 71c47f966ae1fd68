import { createInterface } from 'node:readline';
import { createHistory } from '../../../src/history/sqlite.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { createLedger } from '../../../src/ledger/sqlite.ts';
import { openStore } from '../../../src/store/store.ts';

/**
 * A process with a ledger that does what it is told: each line on stdin is `["step", …arguments]`, each line on stdout what came of
 * it. `["adopt"]` takes everything; `["leave"]` ends the process as one ends itself.
 */

const [directory = '', configuration = '/projects/tutti.yaml'] = process.argv.slice(2);
const store = openStore({ directory });
const ledger: Ledger = createLedger({ store, history: createHistory(store), configuration, role: 'command' });
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value ?? null)}\n`);

say({ instance: ledger.instance });
for await (const line of createInterface({ input: process.stdin })) {
  const [step, ...values]: [keyof Ledger | 'leave', ...never[]] = JSON.parse(line);
  if (step === 'leave') break;
  try {
    if (step === 'adopt') say(ledger.adopt(() => true));
    else if (step === 'instance') say(ledger.instance);
    else say(Reflect.apply(ledger[step], ledger, values));
  } catch (error) {
    say({ error: error instanceof Error && 'code' in error ? error.code : String(error) });
  }
}
ledger.close();
store.close();
// The one that started it still holds its stdin.
process.exit(0);
