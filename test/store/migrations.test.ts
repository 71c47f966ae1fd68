import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';

it('makes a schema in which every table is strict and every row number that is an order is used once', () => {
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations) database.exec(migration);
  const lists = database.prepare('PRAGMA table_list').all();
  const ours = lists.filter((table) => table.type === 'table' && !/^(sqlite_|history_text)/.test(String(table.name)));
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.filter((table) => table.strict !== 1)).toEqual([]);
  for (const table of ['turns', 'history', 'signals']) {
    const row = database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(table);
    expect(row?.sql).toContain('sequence INTEGER PRIMARY KEY AUTOINCREMENT');
  }
});
