import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quote } from '../../src/search/find.ts';
import { openProject, type Project } from '../../src/search/project.ts';
import { readQuestion } from '../../src/search/question.ts';
import { rank } from '../../src/search/rank.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

const analyzer = createAnalyzer();
let base: string;
let project: Project;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-find-'));
  project = openProject(join(base, 'data'), join(base), analyzer);
});
afterEach(() => {
  project.close();
  rmSync(base, { recursive: true, force: true });
});

function write(path: string, text: string) {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

const ask = (question: string, before = () => {}) =>
  project.use((opened) => {
    const query = readQuestion(question, analyzer);
    const ranking = rank(opened.corpus, query);
    before();
    return quote(opened, query, ranking);
  });

describe('quote', () => {
  it('names five distinct files and more where they fit', async () => {
    for (let index = 0; index < 12; index++) {
      write(
        `src/limit${index}.js`,
        `export function rateLimit(rate) {\n  return rate > ${index} ? wait${index}() : go${index}();\n}\n`,
      );
    }
    const { hits } = await ask('rate limit');
    const files = new Set(hits.map((hit) => hit.path));
    expect(files.size).toBeGreaterThanOrEqual(5);
    expect(files.size).toBeLessThanOrEqual(8);
  });

  it('quotes two places of a file when both say as much', async () => {
    const filler = Array.from({ length: 80 }, (_, index) => `export const value${index} = ${index};`).join('\n');
    write(
      'src/a.js',
      `export function openDoor(key) {\n  turn(key);\n}\n${filler}\nexport function closeDoor(key) {\n  turn(key);\n}\n`,
    );
    const { hits } = await ask('door key turn');
    expect(hits.map((hit) => hit.text).join('\n')).toContain('openDoor');
    expect(hits.map((hit) => hit.text).join('\n')).toContain('closeDoor');
  });

  it('names the source that a bundle was made from, and not the bundle', async () => {
    const door = `export function openDoor(key) {\n${Array.from({ length: 9 }, (_, index) => `  turn(key, ${index});`).join('\n')}\n  push(door);\n}\n`;
    const rest = Array.from({ length: 80 }, (_, index) => `export const door${index} = key(${index});`).join('\n');
    write('app.js', `${door}${rest}\n`);
    write('lib/door.js', door);
    const { hits } = await ask('open the door: turn the key and push');
    expect(hits[0]?.path).toBe('lib/door.js');
    expect(hits.filter((hit) => hit.text.includes('openDoor')).map((hit) => hit.path)).toEqual(['lib/door.js']);
  });

  it('wants more of a question than of a report before it says that anything fits', async () => {
    write('src/a.js', 'export function openDoor(key) {\n  turn(key);\n}\n');
    for (let index = 0; index < 30; index++) write(`src/part${index}.js`, `export const part${index} = ${index};\n`);
    const [question, report] = [
      await ask('How does a key taste with gravy and onions?'),
      await ask('A key tastes of gravy and onions'),
    ];
    expect(question.hits).toEqual([]);
    expect(question.nearest[0]).toBe('src/a.js');
    expect(report.hits[0]?.path).toBe('src/a.js');
  });

  it('takes the title of a repair at its word where most of its words are missing, and no other text and no question', async () => {
    write('src/a.js', 'export function openDoor(key) {\n  turn(key);\n}\n');
    for (let index = 0; index < 30; index++) write(`src/part${index}.js`, `export const part${index} = ${index};\n`);
    const odd = 'a key with gravy, onions, dumplings and cabbage';
    expect((await ask(`Fix ${odd}`)).hits[0]?.path).toBe('src/a.js');
    expect((await ask(`Fixed ${odd}?`)).hits).toEqual([]);
    expect((await ask(`Serve ${odd}`)).hits).toEqual([]);
    expect((await ask('Fix gravy, onions, dumplings and cabbage')).hits).toEqual([]);
  });

  it('passes over a file that has gone since it was indexed', async () => {
    write('src/a.js', 'export function openDoor(key) {\n  turn(key);\n}\n');
    write('src/b.js', 'export function turnKey(key) {\n  return door(key);\n}\n');
    const { hits } = await ask('turn the key in the door', () => rmSync(join(base, 'src/a.js')));
    expect(hits.map((hit) => hit.path)).toEqual(['src/b.js']);
  });
});
