import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('talks to one agent, whatever the message mentions', async () => {
  const scene = createScene({ agents: ['api', 'web'], script: { otherwise: { answer: '{TUTTI_AGENT}' } } });
  const surface = await createSurface(scene);
  expect((await surface.ask('/send web tell me about @api', here)).data).toMatchObject({
    agentName: 'web',
    response: 'web',
    success: true,
    failure: null,
  });
});

test('a failure is an object with the reason and the last words on stderr', async () => {
  const surface = await createSurface(
    createScene({ agents: ['api'], script: { otherwise: { stderr: 'out of memory', exit: 9 } } }),
  );
  expect(await surface.ask('/send api hello', here)).toMatchObject({
    exit: 1,
    data: {
      success: false,
      response: null,
      failure: { reason: 'crashed', stderrTail: expect.stringContaining('out of memory') },
    },
  });
});

test('an agent that only reads is not let write', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], agent: { access: 'read' }, script: {} }));
  await expect(surface.say('/send api --write change it', here)).rejects.toMatchObject({ code: 'denied', exit: 4 });
});
