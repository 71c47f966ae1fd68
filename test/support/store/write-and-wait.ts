import { openStore } from '../../../src/store/store.ts';

/** Commits one record, begins to write another, says so and waits to be killed. */

const [directory = ''] = process.argv.slice(2);
const store = openStore({ directory });
const insert = `INSERT INTO records (collection, key, value) VALUES ('some', ?, '1')`;
store.run(insert, 'committed');
store.transaction(() => {
  store.run(insert, 'not committed');
  process.stdout.write('{}\n');
  // The whole process waits here, in the middle of the transaction.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000);
  throw new Error('Nobody killed this process.');
});
