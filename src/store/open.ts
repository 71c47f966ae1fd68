import { existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { type Connection, connect } from './connection.ts';
import { connectOrDamage, examine, isSetAside, mend, setAside, trust } from './damage.ts';
import { makePrivateFile, narrowFile, syncDirectory } from './files.ts';
import { migrate, migrateWithCopy, refuseNewer, schemaOf } from './migrate.ts';

/** What opening the database needs to know; all of it happens while the opening lock is held. */
export interface Opening {
  readonly file: string;
  readonly migrations: readonly string[];
  readonly now: () => Date;
  /** Pids of the other live processes that use the data directory. */
  readonly others: () => readonly number[];
  /** Told of everything that people must hear about. */
  readonly notice: (sentence: string) => void;
}

/** Opens the database, made, repaired, set aside and migrated as needed. */
export function openDatabase(opening: Opening): Connection {
  removeUnfinished(opening.file);
  if (!existsSync(opening.file)) return makeAnew(opening);
  for (const suffix of ['', '-wal', '-shm']) narrowFile(opening.file + suffix);
  const opened = connectOrDamage(opening.file);
  if ('why' in opened) return replaceDamaged(opening, opened.why);
  try {
    return examined(opening, opened);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function examined(opening: Opening, connection: Connection): Connection {
  const health = examine(connection, opening.file, opening.migrations);
  if (health.state === 'damaged') return replaceDamaged(opening, health.why, connection);
  const schema = schemaOf(connection);
  refuseNewer(opening.file, schema, opening.migrations.length);
  if (health.state === 'mendable') {
    if (!mend(connection, health.what)) return replaceDamaged(opening, health.why, connection);
    opening.notice(
      `The database ${opening.file} was damaged in its ${health.what} (${health.why}); that was made anew, nothing is lost.`,
    );
  }
  trust(opening.file);
  if (schema < opening.migrations.length) bringUp(opening, connection);
  return connection;
}

function bringUp(opening: Opening, connection: Connection): void {
  const others = opening.others();
  if (others.length > 0) {
    throw new UserError('store-in-use', `The database must be brought up to date, but is in use by ${named(others)}.`, {
      hint: 'End them, then start Tutti again.',
    });
  }
  const copy = migrateWithCopy(connection, opening.file, opening.migrations, opening.now());
  opening.notice(`The database was brought up to date. The former one is kept as ${copy}.`);
}

function replaceDamaged(opening: Opening, why: string, connection?: Connection): Connection {
  const others = opening.others();
  if (others.length > 0) {
    throw new UserError(
      'store-damaged',
      `The database ${opening.file} is damaged (${why}), and in use by ${named(others)}, so it was left as it is.`,
      { hint: 'End them, then start Tutti again: it sets the damaged file aside and begins a new one.' },
    );
  }
  // Made first: should there be no room for it, the damaged one still stands where the next start looks.
  makeUnfinished(opening);
  // Before the connection is closed: closing removes the log, which belongs to what is kept.
  const aside = setAside(opening.file, opening.now());
  connection?.close();
  opening.notice(
    `THE DATABASE WAS DAMAGED (${why}). It is kept as ${aside}; an empty one was begun. Questions and history of before are not in it. ` +
      `To save what can be saved: sqlite3 ${aside} .recover`,
  );
  return finish(opening);
}

function makeAnew(opening: Opening): Connection {
  removeStrayLog(opening);
  const aside = readdirSync(dirname(opening.file)).find((name) => isSetAside(opening.file, name));
  if (aside !== undefined) {
    opening.notice(`THE DATABASE WAS SET ASIDE as ${join(dirname(opening.file), aside)}; an empty one was begun.`);
  }
  makeUnfinished(opening);
  return finish(opening);
}

/** The database is made under another name and gets its own when it is whole: so one that is empty is always a damaged one. */
function makeUnfinished(opening: Opening): void {
  const unfinished = `${opening.file}${unfinishedSuffix}`;
  makePrivateFile(unfinished);
  const making = connect(unfinished);
  try {
    migrate(making, opening.migrations);
  } finally {
    making.close();
  }
}

function finish(opening: Opening): Connection {
  linkSync(`${opening.file}${unfinishedSuffix}`, opening.file);
  rmSync(`${opening.file}${unfinishedSuffix}`);
  syncDirectory(dirname(opening.file));
  return connect(opening.file);
}

const unfinishedSuffix = '-unfinished';

function removeUnfinished(file: string): void {
  const begin = `${basename(file)}${unfinishedSuffix}`;
  for (const name of readdirSync(dirname(file))) {
    if (name.startsWith(begin)) rmSync(join(dirname(file), name), { force: true });
  }
}

/** A log without its database would be played into the new one. */
function removeStrayLog(opening: Opening): void {
  const others = opening.others();
  if (others.length > 0) {
    throw new UserError('store-damaged', `The database ${opening.file} is gone, while ${named(others)} use it.`, {
      hint: 'End them, then start Tutti again.',
    });
  }
  rmSync(`${opening.file}-shm`, { force: true });
  const log = `${opening.file}-wal`;
  if (!existsSync(log)) return;
  const aside = `${log}.stray-${opening.now().toISOString().replaceAll(/[-:.]/g, '')}`;
  renameSync(log, aside);
  opening.notice(
    `THE DATABASE ${opening.file} WAS GONE, its log was not. The log is kept as ${aside}; an empty database was begun.`,
  );
}

function named(pids: readonly number[]): string {
  return pids.map((pid) => `process ${pid}`).join(', ');
}
