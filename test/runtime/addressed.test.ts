import { expect, test } from 'vitest';
import { addressedIn } from '../../src/runtime/addressed.ts';

const targets = {
  agents: [
    { name: 'api', branches: ['feature-x'] },
    { name: 'web', branches: [] },
  ],
  groups: ['backend'],
};

test('names agents with their branches and groups', () => {
  expect(addressedIn('compare @api/feature-x and @backend', targets)).toEqual({
    names: ['api/feature-x', 'backend'],
    everyone: false,
    direct: null,
    unclear: null,
  });
});

test('a message that opens with one agent goes to it', () => {
  expect(addressedIn('@api why?', targets)).toMatchObject({ names: ['api'], direct: { name: 'api', text: 'why?' } });
  expect(addressedIn('@api and @web: why?', targets).direct).toBeNull();
});

test('@all names nobody in particular', () => {
  expect(addressedIn('@all why?', targets)).toMatchObject({ names: [], everyone: true });
});

test('asks back about a name that is close to a known one, and about a worktree that does not exist', () => {
  expect(addressedIn('@apo why?', targets).unclear).toBe('There is no @apo. Did you mean @api?');
  expect(addressedIn('@api/nope why?', targets).unclear).toContain('There are: @api/feature-x.');
});
