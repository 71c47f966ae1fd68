import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const access = [{ surface: 'slack', may: ['read'] }];

test('a thread says whether it is followed, and is told otherwise for itself alone', async () => {
  const scene = createScene({ agents: ['api'], script: {}, config: { access } });
  const surface = await createSurface(scene);
  const here = { thread: '1.1' };
  expect((await surface.ask('/follow', here)).data).toMatchObject({ follow: true });
  expect((await surface.ask('/follow off', here)).markdown).toContain('only take messages that mention me');
  expect((await surface.ask('/follow', here)).data).toMatchObject({ follow: false });
  expect((await surface.ask('/follow', { thread: '2.2' })).data).toMatchObject({ follow: true });
});

test('where there is no thread, nothing is said to be followed or not', async () => {
  const scene = createScene({ agents: ['api'], script: {}, config: { access } });
  const surface = await createSurface(scene);
  for (const command of ['/follow', '/follow off'])
    expect(await surface.ask(command)).toMatchObject({
      kind: 'error',
      markdown: expect.stringMatching(/no thread.*`!follow off`/s),
    });
});

test('the terminal has no threads to follow', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {} }));
  await expect(surface.say('/follow', { surface: 'terminal' })).rejects.toMatchObject({ code: 'usage' });
});
