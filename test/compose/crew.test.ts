import { expect, test } from 'vitest';
import { providers } from '../../src/agents/providers/index.ts';
import { gatherCrew } from '../../src/compose/crew.ts';
import { openGround } from '../../src/compose/ground.ts';
import { createLog } from '../../src/log.ts';
import { configured } from '../support/configured.ts';
import { createScene } from '../support/program.ts';

test('gathers the agents and groups of the file and those that were added, and finds them where they are', async () => {
  const scene = createScene({ agents: ['api', 'web'], script: {}, config: { groups: { both: ['api', 'web'] } } });
  const { config, environment } = await configured(scene);
  const ground = openGround({
    config,
    environment,
    role: 'command',
    log: createLog({ level: 'silent', mask: (text) => text }),
  });
  const crew = gatherCrew(ground);
  await crew.registry.add({
    name: 'late',
    directory: scene.directory,
    provider: 'search',
    description: '',
    access: 'edit',
  });
  const world = await crew.world();
  expect(world.agents.map(({ name }) => name)).toEqual(['api', 'web', 'late']);
  expect(world.groups).toMatchObject([{ name: 'both' }]);
  expect(world.worktrees.get('api')).toEqual([]);
  expect(await crew.providers()).toBe(providers);
  await crew.close();
  ground.ledger.close();
  ground.store.close();
});
