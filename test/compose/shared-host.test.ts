import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface, messageOf } from '../support/surface.ts';

const access = [{ surface: 'slack', may: ['read'] }];

test('a shared surface learns whom a text addresses and who may do what, and holds its workspace alone', async () => {
  const scene = createScene({ agents: ['api'], script: {}, config: { access, groups: { all_of_it: ['api'] } } });
  const surface = await createSurface(scene);
  const host = surface.program.sharedHost('slack', () => {});
  expect(
    await Promise.all(['@api?', '@all_of_it?', '@all?', '@apo?', '@types/node', 'nobody'].map(host.addresses)),
  ).toEqual([true, true, true, true, false, false]);
  const { place, author } = messageOf('x');
  expect([host.may(place, author, 'read'), host.may(place, author, 'admin')]).toEqual([true, false]);
  await host.opened('W1');
  const second = await createSurface(scene);
  await expect(second.program.sharedHost('slack', () => {}).opened('W1')).rejects.toMatchObject({
    code: 'already-served',
  });
  await second.program.sharedHost('slack', () => {}).opened('W2');
});
