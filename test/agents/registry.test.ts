import { expect, test } from 'vitest';
import { createRegistry } from '../../src/agents/registry.ts';
import { testCollections } from '../support/collections.ts';
import { projectAgent } from '../support/project-agents.ts';

function registry() {
  const collections = testCollections();
  return createRegistry({
    agents: ['api', 'web', 'Worker'].map((name) => projectAgent({ name, directory: `/projects/${name}` })),
    groups: [{ name: 'backend', agents: ['api', 'worker', 'gone'] }],
    addedAgents: collections.collection('agents'),
    addedGroups: collections.collection('groups'),
    timeoutMs: 1000,
    silenceMs: 500,
  });
}

const added = {
  name: 'docs',
  directory: '/projects/docs',
  provider: 'auto',
  description: 'Manuals',
  access: 'read',
} as const;

test('Agents are found without regard to case, and not by what only begins alike', async () => {
  const agents = registry();
  expect((await agents.find('API'))?.name).toBe('api');
  expect(await agents.find('ap')).toBeNull();
});

test('A name stands for its agent, a group for its members that are there, and all for everyone', async () => {
  const agents = registry();
  const names = async (name: string) => (await agents.expand(name)).map((agent) => agent.name);
  expect(await names('web')).toEqual(['web']);
  expect(await names('Backend')).toEqual(['api', 'Worker']);
  expect(await names('all')).toEqual(['api', 'web', 'Worker']);
  expect(await names('nobody')).toEqual([]);
});

test('An added agent is there, with times of the configuration, no program of its own and no bypass', async () => {
  const agents = registry();
  await agents.add(added);
  expect(await agents.find('DOCS')).toEqual({
    ...added,
    model: null,
    args: [],
    env: {},
    command: null,
    timeoutMs: 1000,
    silenceMs: 500,
  });
  await agents.remove('Docs');
  expect(await agents.find('docs')).toBeNull();
});

test('A name is given once, over agents and groups', async () => {
  const agents = registry();
  for (const name of ['API', 'backend']) {
    await expect(agents.add({ ...added, name })).rejects.toMatchObject({ code: 'name-taken' });
  }
  await agents.setGroup('everything', ['api', 'WEB', 'web']);
  await expect(agents.add({ ...added, name: 'Everything' })).rejects.toMatchObject({ code: 'name-taken' });
  await expect(agents.setGroup('web', ['api'])).rejects.toMatchObject({ code: 'name-taken' });
  expect(await agents.groups()).toContainEqual({ name: 'everything', agents: ['api', 'web'] });
});

test('What stands in the file is changed there', async () => {
  const agents = registry();
  await expect(agents.remove('api')).rejects.toMatchObject({ code: 'agent-in-file' });
  await expect(agents.removeGroup('backend')).rejects.toMatchObject({ code: 'group-in-file' });
  await expect(agents.setGroup('backend', ['web'])).rejects.toMatchObject({ code: 'group-in-file' });
});

test('What is not there cannot be removed or grouped', async () => {
  const agents = registry();
  await expect(agents.remove('nobody')).rejects.toMatchObject({ code: 'unknown-agent' });
  await expect(agents.removeGroup('nobody')).rejects.toMatchObject({ code: 'unknown-group' });
  await expect(agents.setGroup('some', ['nobody'])).rejects.toMatchObject({ code: 'unknown-agent' });
});

test('A group may be set again, and removed', async () => {
  const agents = registry();
  await agents.setGroup('some', ['api']);
  await agents.setGroup('some', ['web']);
  expect((await agents.expand('some')).map((agent) => agent.name)).toEqual(['web']);
  await agents.removeGroup('SOME');
  expect(await agents.expand('some')).toEqual([]);
});
