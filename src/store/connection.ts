import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { UserError } from '../errors.ts';

/** Values by column name. */
export type Row = Readonly<Record<string, SQLOutputValue>>;
export type Value = SQLInputValue;

/** The one connection of this process; everything is synchronous, and errors are SQLite's own. */
export interface Connection {
  get(sql: string, ...values: readonly Value[]): Row | undefined;
  all(sql: string, ...values: readonly Value[]): readonly Row[];
  /** The number of rows it changed. */
  run(sql: string, ...values: readonly Value[]): number;
  /** Several statements, without values. */
  execute(sql: string): void;
  /** All of `work` or nothing of it, `BEGIN IMMEDIATE`; inside another transaction it is part of that one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const busyMilliseconds = 5000;

/** Opens a database file that exists. Throws SQLite's errors, for a file that is none (`notadb`) too. */
export function connect(file: string): Connection {
  const url = pathToFileURL(file);
  // SQLite must never make the file itself: it would be readable by others, and an empty database in the place of a lost one.
  url.search = '?mode=rw';
  const database = new DatabaseSync(url, { timeout: busyMilliseconds });
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const connection: Connection = {
    get: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    execute: (sql) => database.exec(sql),
    transaction: (work) => transact(database, work),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
  try {
    configure(connection);
  } catch (error) {
    database.close();
    throw error;
  }
  return connection;
}

function configure(connection: Connection): void {
  // What a large transaction left of the log is given back to the disk.
  connection.execute('PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864');
  const mode = connection.get('PRAGMA journal_mode = WAL')?.journal_mode;
  if (mode === 'wal') return;
  throw new UserError(
    'data-directory',
    'The file system of the data directory cannot hold a database of several processes.',
    {
      hint: 'Name a directory on a local disk: `dataDir` in the configuration, or TUTTI_DATA_DIR.',
      exit: 2,
    },
  );
}

function transact<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back after some failures, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
