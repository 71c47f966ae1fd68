import { messageOf, UserError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { isDiskFull } from './failures.ts';
import { makePrivateFile } from './files.ts';
import { integer } from './rows.ts';

/** How many migrations a database has had. */
export function schemaOf(connection: Connection): number {
  return integer(connection.get('PRAGMA user_version')?.user_version);
}

/** Refuses a database that a newer Tutti has made: UserError `store-newer`. */
export function refuseNewer(file: string, schema: number, known: number): void {
  if (schema <= known) return;
  throw new UserError(
    'store-newer',
    `The database ${file} was made by a newer Tutti (its schema is ${schema}, this one knows ${known}).`,
    {
      hint: 'Update Tutti, or name another data directory: `dataDir` in the configuration, or TUTTI_DATA_DIR.',
      exit: 2,
    },
  );
}

/** Brings the database to the newest schema, in one transaction. */
export function migrate(connection: Connection, migrations: readonly string[]): void {
  connection.transaction(() => {
    for (const migration of migrations.slice(schemaOf(connection))) connection.execute(migration);
    connection.execute(`PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * The same for a database that holds something: it is copied first, and the name of the copy returned.
 * UserError `store-migration` when it fails: then nothing has changed.
 */
export function migrateWithCopy(
  connection: Connection,
  file: string,
  migrations: readonly string[],
  now: Date,
): string {
  const copy = `${file}.schema-${schemaOf(connection)}-${now.toISOString().replaceAll(/[-:.]/g, '')}`;
  makePrivateFile(copy);
  try {
    connection.run('VACUUM INTO ?', copy);
    migrate(connection, migrations);
  } catch (error) {
    if (isDiskFull(error)) throw error;
    throw new UserError(
      'store-migration',
      `The database ${file} could not be brought to schema ${migrations.length}: ${messageOf(error)}. Nothing was changed.`,
      { hint: `Go on with the Tutti that made it, and report this. A copy is at ${copy}.`, cause: error },
    );
  }
  return copy;
}
