import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScene } from './support/program.ts';
import { createSurface, messageOf } from './support/surface.ts';

test('everything is kept in the data directory, which nobody else may read', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { answer: 'ok' } } });
  const surface = await createSurface(scene);
  await surface.ask('@api hello', { surface: 'terminal' });
  expect(statSync(join(scene.directory, 'data')).mode & 0o777).toBe(0o700);
  expect(existsSync(join(scene.directory, 'api', '.tutti'))).toBe(false);
});

test('an advisory provider is asked on shared surfaces only by people who may write', async () => {
  const access = [{ surface: 'slack', may: ['read'] }];
  const surface = await createSurface(
    createScene({ agents: ['api'], script: { otherwise: { answer: 'ok' } }, config: { access } }),
  );
  await expect(surface.say('@api hello')).rejects.toMatchObject({
    code: 'denied',
    hint: expect.stringContaining('only told not to write'),
  });
});

test('closing twice is closing once, and what closed accepts nothing more', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  await Promise.all([surface.program.close(0), surface.program.close(0)]);
  await expect(
    surface.program.runtime.host.receive(messageOf('@api hello', { surface: 'terminal' })),
  ).rejects.toThrow();
});
