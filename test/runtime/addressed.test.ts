import { expect, test } from 'vitest';
import { addressedIn } from '../../src/runtime/addressed.ts';

const targets = {
  agents: [
    { name: 'api', branches: ['feature-x'] },
    { name: 'web', branches: [] },
  ],
  groups: ['backend'],
};

test('names agents with their branches and groups', async () => {
  expect(await addressedIn('compare @api/feature-x and @backend', targets)).toEqual({
    names: ['api/feature-x', 'backend'],
    everyone: false,
    direct: null,
    unclear: null,
  });
});

test('a message that opens with one agent goes to it', async () => {
  expect(await addressedIn('@api why?', targets)).toMatchObject({
    names: ['api'],
    direct: { name: 'api', text: 'why?' },
  });
  expect((await addressedIn('@api and @web: why?', targets)).direct).toBeNull();
});

test('@all names nobody in particular', async () => {
  expect(await addressedIn('@all why?', targets)).toMatchObject({ names: [], everyone: true });
});

test('asks back about a name that is close to a known one, and about a worktree that does not exist', async () => {
  expect((await addressedIn('@apo why?', targets)).unclear).toBe('There is no @apo. Did you mean @api?');
  expect((await addressedIn('@api/nope why?', targets)).unclear).toContain('There are: @api/feature-x.');
});
