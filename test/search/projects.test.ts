import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProjects, type Projects } from '../../src/search/projects.ts';

let base: string;
let projects: Projects;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-projects-'));
  projects = createProjects(join(base, 'data'), () => {});
  for (const [name, text] of [
    ['shop', 'export function addToBasket(basket, item) {\n  basket.push(item);\n}\n'],
    ['client', 'export function retryRequest(request) {\n  return request();\n}\n'],
  ] as const) {
    mkdirSync(join(base, name));
    writeFileSync(join(base, name, 'index.js'), text);
  }
});
afterEach(() => {
  projects.close();
  rmSync(base, { recursive: true, force: true });
});

const confidences = async (question: string) =>
  (await projects.findAll([join(base, 'shop'), join(base, 'client')], question)).map(
    (result) => result?.confidence ?? 0,
  );

it('gives the likeliest project the confidence it has alone, and the others less', async () => {
  const [shop, client] = await confidences('add an item to the basket');
  expect(shop).toBe((await projects.find(join(base, 'shop'), 'add an item to the basket')).confidence);
  expect(client).toBeLessThan(shop ?? 0);
});

it('is sure of none where none fits', async () => {
  for (const confidence of await confidences('which clause of the contract governs arbitration abroad')) {
    expect(confidence).toBeLessThan(0.3);
  }
});

it('weighs nothing where there is nothing to weigh', async () => {
  expect(await projects.findAll([], 'anything')).toEqual([]);
});
