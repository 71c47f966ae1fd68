import { expect, test } from 'vitest';
import { createScene, type Scene } from '../support/program.ts';
import { createSurface, type Surface } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];
const here = { thread: '1.1' };

/** A question that runs until it is stopped, and one that waits behind it. */
async function queued(): Promise<{ readonly scene: Scene; readonly surface: Surface }> {
  const script = { agents: { api: [{ when: { prompt: 'first' }, hang: true }, { answer: 'asked: {prompt}' }] } };
  const scene = createScene({ agents: ['api'], script, config: { access } });
  const surface = await createSurface(scene);
  await surface.say('first', { ...here, id: 'm1' });
  await waitFor(() => scene.calls().some((call) => call.event === 'hang'), 'the first question runs');
  await surface.say('second', { ...here, id: 'm2' });
  return { scene, surface };
}

test('a question that waits is asked as it was edited, with what is secret taken out', async () => {
  const { surface } = await queued();
  await surface.program.runtime.revise({ surface: 'slack', id: 'm2', text: 'edited\u0007 question', by: 'alice' });
  await surface.ask('/stop', here);
  await waitFor(() => surface.parts.some((part) => part.markdown.includes('asked:')), 'the second one is answered');
  const answer = surface.parts.find((part) => part.markdown.includes('asked:'));
  expect(answer?.markdown).toContain('edited question');
  expect(answer?.data).toMatchObject({ question: 'edited question' });
});

test('a question that is deleted is dropped while it waits, and stopped while it runs', async () => {
  const { scene, surface } = await queued();
  await surface.program.runtime.revise({ surface: 'slack', id: 'm2', text: null, by: 'alice' });
  await waitFor(() => surface.parts.length === 1, 'the waiting one is dropped');
  await surface.program.runtime.revise({ surface: 'slack', id: 'm1', text: null, by: 'alice' });
  await waitFor(() => surface.parts.length === 2, 'the running one is stopped');
  expect(surface.parts.map(({ data }) => data)).toMatchObject([
    { status: 'stopped', question: 'second' },
    { status: 'stopped', question: 'first' },
  ]);
  expect(scene.calls().filter((call) => call.event === 'start')).toHaveLength(1);
});

test('what nobody knows, and what has begun, stays as it is', async () => {
  const { surface } = await queued();
  const { revise } = surface.program.runtime;
  await revise({ surface: 'slack', id: 'unknown', text: 'x', by: 'alice' });
  await revise({ surface: 'slack', id: 'm1', text: 'too late', by: 'alice' });
  await surface.ask('/stop', here);
  await waitFor(() => surface.parts.some(({ data }) => JSON.stringify(data).includes('"stopped"')), 'it is stopped');
  expect(JSON.stringify(surface.parts)).not.toContain('too late');
});
