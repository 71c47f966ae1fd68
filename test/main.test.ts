import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createScene, run } from './support/program.ts';

test('starts, answers and ends', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { answer: 'here' } } });
  expect(await run(scene, ['send', 'api', 'are you there?'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('here'),
  });
});

test('loads nothing of its own before the version of Node is known to do', () => {
  const source = readFileSync(new URL('../src/main.ts', import.meta.url), 'utf8');
  const imports = [...source.matchAll(/^import .* from '(.*)';$/gm)].map((match) => match[1]);
  expect(imports).toEqual(['node:module', 'node:os', 'node:path', 'node:process']);
});
