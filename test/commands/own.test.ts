import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface, messageOf } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const access = [
  { surface: 'slack', users: ['U-alice'], may: ['read', 'write'] },
  { surface: 'slack', may: ['read'] },
];

test('somebody who took another’s name stops nothing of theirs', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } }, config: { access } });
  const surface = await createSurface(scene);
  await surface.say('go', { thread: '1' });
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it runs');
  const imitated = messageOf('/stop', { thread: '1' });
  await surface.program.runtime.host.receive({ ...imitated, author: { ...imitated.author, id: 'U-mallory' } });
  await waitFor(() => surface.parts.length === 1, 'the imitator is answered');
  expect(surface.parts[0]?.markdown).toContain('This was asked by alice');
  await surface.say('/stop', { thread: '1' });
  await waitFor(() => surface.parts.some(({ markdown }) => markdown.startsWith('Stopped')), 'alice stops it');
});
