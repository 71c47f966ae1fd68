import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openProject, type Project } from '../../src/search/project.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

let base: string;
let root: string;
let project: Project;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-project-'));
  root = join(base, 'project');
  mkdirSync(root);
  writeFileSync(join(root, 'a.js'), 'apple();\n');
  project = openProject(join(base, 'data'), root, createAnalyzer());
});
afterEach(() => {
  project.close();
  rmSync(base, { recursive: true, force: true });
});

const paths = () => project.use(({ corpus }) => [...corpus.files.values()].map((file) => file.path));

it('hands out what is there now, also to those who come while it is being built', async () => {
  const first = paths();
  writeFileSync(join(root, 'b.js'), 'banana();\n');
  const second = paths();
  expect(await first).toContain('a.js');
  expect(await second).toEqual(['a.js', 'b.js']);
});

it('knows no number of files before the first build', async () => {
  expect(project.count()).toBeNull();
  await project.refresh();
  expect(project.count()).toBe(1);
});

it('builds a new index when the open one turns out to be no index any more', async () => {
  await project.refresh();
  const [file] = await project.use(({ database }) =>
    database
      .prepare('pragma database_list')
      .all()
      .map((row) => String(row.file)),
  );
  const vandal = new DatabaseSync(file ?? '');
  vandal.exec('drop table chunk');
  vandal.close();
  writeFileSync(join(root, 'b.js'), 'banana();\n');
  expect(await paths()).toEqual(['a.js', 'b.js']);
});

it('lets an error that is no damage through', async () => {
  await expect(
    project.use(() => {
      throw new Error('not the index');
    }),
  ).rejects.toThrow('not the index');
});
