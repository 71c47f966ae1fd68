import { expect, test } from 'vitest';
import {
  agentIn,
  directoryIn,
  namesIn,
  reachableIn,
  rosterIn,
  targetsIn,
  type World,
} from '../../src/runtime/world.ts';
import { projectAgent } from '../support/project-agents.ts';
import { messageOf } from '../support/surface.ts';

const world: World = {
  agents: [
    projectAgent({ name: 'API', directory: '/api', description: 'the backend' }),
    projectAgent({ name: 'web', directory: '/web', access: 'read' }),
  ],
  groups: [{ name: 'all-of-it', agents: ['API', 'web'] }],
  worktrees: new Map([['API', [{ branch: 'feature/x', directory: '/trees/x' }]]]),
};

test('finds agents and worktrees by the names that people write', () => {
  expect(namesIn(world)).toEqual(['API', 'web', 'all-of-it', 'API/feature/x']);
  expect(directoryIn(world, 'api')).toBe('/api');
  expect(directoryIn(world, 'api/feature/x')).toBe('/trees/x');
  expect(directoryIn(world, 'api/none')).toBeNull();
  expect(agentIn(world, 'api/feature/x')?.name).toBe('API');
  expect(targetsIn(world)).toEqual({
    agents: [
      { name: 'API', branches: ['feature/x'] },
      { name: 'web', branches: [] },
    ],
    groups: ['all-of-it'],
  });
});

test('what a person may reach follows from the rules and from how far read-only can be trusted', () => {
  const rules = [{ surface: 'slack', may: ['read'] as const }];
  const reach = (readOnly: 'enforced' | 'advisory') => reachableIn(world, rules, messageOf('x'), () => readOnly);
  expect([
    reach('enforced').mayRead('api'),
    reach('advisory').mayRead('api'),
    reach('enforced').mayWrite('api'),
  ]).toEqual([true, false, false]);
  expect(
    reachableIn(world, [], messageOf('x', { surface: 'terminal' }), () => 'advisory').mayWrite('api/feature/x'),
  ).toBe(true);
  expect(reach('enforced').expand('ALL-of-it')).toEqual(['API', 'web']);
  expect(reach('enforced').expand('api/feature/x')).toEqual(['API/feature/x']);
  expect(reach('enforced').expand('nobody')).toEqual([]);
  expect([reach('enforced').readsOnly('web'), reach('enforced').readsOnly('api')]).toEqual([true, false]);
});

test('the roster says who an agent is and what its index finds', () => {
  const hit = { path: 'a.ts', line: 1, endLine: 2, text: '', title: '', score: 1 };
  expect(
    rosterIn(world, ['API', 'web'], [{ hits: [hit, hit], confidence: 0.7, nearest: [], files: 3 }, null]),
  ).toMatchObject([
    { name: 'API', description: 'the backend', directory: '/api', found: ['a.ts'], confidence: 0.7 },
    { name: 'web', found: [], confidence: 0 },
  ]);
});
