import { expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import * as commands from '../../src/commands/index.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('lists every command, and explains one', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  const all = await surface.ask('/help', here);
  for (const { name, summary, surfaces } of Object.values<Command>(commands)) {
    if (surfaces?.includes('terminal') === false) continue;
    expect(all.markdown).toContain(name);
    expect(all.markdown).toContain(summary);
  }
  const one = await surface.ask('/help history', here);
  expect(one.markdown).toContain('--since');
  expect(one.data).toMatchObject({ commands: [{ name: 'history', right: 'read' }] });
});

test('a command that does not exist is answered with the nearest', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  expect((await surface.ask('/help histroy', here)).data).toMatchObject({
    error: { code: 'usage', hint: 'Did you mean history?' },
  });
});
