import { expect, test } from 'vitest';
import type { ProjectAgent } from '../../src/agents/registry.ts';
import { createRightsService } from '../../src/runtime/services/rights.ts';
import { createWriters } from '../../src/runtime/writers.ts';
import { messageOf } from '../support/surface.ts';

function agent(name: string, access: ProjectAgent['access'] = 'edit'): ProjectAgent {
  return {
    ...{ name, access, directory: `/${name}`, provider: 'search', description: '', model: null, args: [], env: {} },
    ...{ command: null, timeoutMs: 1, silenceMs: 1 },
  };
}

const rules = [
  { channels: ['C1'], users: ['U-bob'], may: ['write'] as const },
  { users: ['U-alice'], agents: ['api', 'docs'], may: ['read'] as const },
];
const agents = async () => [agent('api'), agent('web'), agent('docs', 'read')];
const writers = createWriters(
  createRightsService(rules, async () => []),
  agents,
);

test('agents are offered that somebody may let write there, and that the person knows', async () => {
  expect(await writers.offered(messageOf('x', { by: 'alice' }))).toEqual(['api']);
  expect(await writers.offered(messageOf('x', { by: 'bob' }))).toEqual(['api', 'web']);
  expect(await writers.offered(messageOf('x', { by: 'alice', channel: 'C2' }))).toEqual([]);
  expect(await writers.offered(messageOf('x', { by: 'mallory' }))).toEqual([]);
});

test('an agent is named only by who may let it write, and where it writes at all', async () => {
  expect(await writers.named(messageOf('x', { by: 'bob' }), 'web')).toMatchObject({ directory: '/web' });
  const refused = { code: 'denied', exit: 4 };
  await expect(writers.named(messageOf('x', { by: 'alice' }), 'api')).rejects.toMatchObject(refused);
  await expect(writers.named(messageOf('x', { by: 'bob' }), 'docs')).rejects.toMatchObject(refused);
  await expect(writers.named(messageOf('x', { by: 'bob' }), 'gone')).rejects.toMatchObject({ code: 'unknown-agent' });
});
