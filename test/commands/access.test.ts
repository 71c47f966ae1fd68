import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('says which rule allows a person what', async () => {
  const access = [
    { surface: 'slack', channels: ['C1'], may: ['read'] },
    { surface: 'slack', users: ['U-bob'], agents: ['api'], may: ['write'] },
  ];
  const surface = await createSurface(createScene({ agents: ['api', 'web'], script: {}, config: { access } }));
  expect((await surface.ask('/access check U-bob', here)).data).toEqual({
    user: 'U-bob',
    allowed: [
      { right: 'read', agent: 'api', rule: 1 },
      { right: 'read', agent: 'web', rule: 1 },
      { right: 'write', agent: 'api', rule: 2 },
    ],
  });
  expect((await surface.ask('/access', here)).markdown).toContain('2. on slack U-bob may write with @api');
  await expect(surface.say('/access check U-bob')).rejects.toMatchObject({ code: 'denied' });
});

test('without rules it says that nobody may do anything on shared surfaces', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  expect((await surface.ask('/access list', here)).markdown).toContain('nobody may do anything');
});
