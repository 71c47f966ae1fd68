/**
 * Loaded before the program (`--import`): ends the process by SIGKILL at its Nth write to the store, before or after it became
 * durable: `TUTTI_TEST_KILL=after:12`. Counts the writes into the file of `TUTTI_TEST_COUNT`.
 */
import { writeFileSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const [when, at] = (process.env.TUTTI_TEST_KILL ?? ':0').split(':');
const { exec } = DatabaseSync.prototype;
const { run } = StatementSync.prototype;
let writes = 0;
let inTransaction = false;

function around<T>(write: () => T): T {
  writes += 1;
  const isLast = writes === Number(at);
  if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
  const result = write();
  if (isLast && when === 'after') process.kill(process.pid, 'SIGKILL');
  if (process.env.TUTTI_TEST_COUNT !== undefined) writeFileSync(process.env.TUTTI_TEST_COUNT, String(writes));
  return result;
}

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (/^\s*BEGIN IMMEDIATE/i.test(sql)) inTransaction = true;
  if (/^\s*ROLLBACK/i.test(sql)) inTransaction = false;
  const call = () => exec.call(this, sql);
  if (/^\s*COMMIT/i.test(sql)) {
    inTransaction = false;
    around(call);
  } else {
    call();
  }
};

Object.defineProperty(StatementSync.prototype, 'run', {
  value: function (this: StatementSync, ...values: readonly unknown[]): unknown {
    const call = () => Reflect.apply(run, this, values);
    return inTransaction ? call() : around(call);
  },
});
