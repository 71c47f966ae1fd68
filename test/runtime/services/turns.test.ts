import { expect, test } from 'vitest';
import { createScene, run, start } from '../../support/program.ts';
import { createSurface } from '../../support/surface.ts';
import { waitFor } from '../../support/wait-for.ts';

const here = { surface: 'terminal' };

test('a turn whose process died is shown as abandoned, can be stopped, and is answered for once', async () => {
  const scene = createScene({ agents: ['api'], script: { otherwise: { hang: true } } });
  const dying = start(scene, ['send', 'api', 'think', '--conversation', 'C1:']);
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'it works');
  dying.child.kill('SIGKILL');
  await dying.ended;
  const surface = await createSurface(scene, 'repl');
  const status = await surface.ask('/status', here);
  expect(status.data).toMatchObject({
    turns: [{ state: 'abandoned', reason: expect.stringContaining('tutti resume') }],
  });
  const [turn] = surface.program.ledger.open();
  await surface.ask(`/stop ${turn?.id}`, here);
  await surface.program.runtime.idle();
  expect(surface.program.ledger.turn(turn?.id ?? '')?.status).toBe('stopped');
  await surface.program.close(0);
  expect(JSON.parse((await run(scene, ['resume', '--json'])).stdout)).toEqual({ turns: [] });
});
