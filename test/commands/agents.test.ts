import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };
const script = { otherwise: { answer: 'session {TUTTI_SESSION}' } };

test('agents come and go, and can be asked meanwhile', async () => {
  const scene = createScene({ agents: ['api'], script });
  const surface = await createSurface(scene);
  const added = await surface.ask('/agents add web api --provider search --description "the shop front"', here);
  expect(added.data).toMatchObject({
    agent: {
      name: 'web',
      directory: join(scene.directory, 'api'),
      provider: 'search',
      access: 'edit',
      description: 'the shop front',
      status: 'ready',
    },
  });
  expect((await surface.ask('/agents', here)).data).toMatchObject({ agents: [{ name: 'api' }, { name: 'web' }] });
  expect((await surface.ask('/agents show @web', here)).markdown).toContain('the shop front');
  await surface.ask('/agents remove web', here);
  expect((await surface.ask('/agents', here)).data).toMatchObject({ agents: [{ name: 'api' }] });
});

test('what cannot be added says why', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script }));
  const refused = async (text: string) => (await surface.ask(text, here)).data;
  expect(await refused('/agents add api api')).toMatchObject({ error: { code: 'name-taken' } });
  expect(await refused('/agents add all api')).toMatchObject({ error: { code: 'bad-name' } });
  expect(await refused('/agents add web nowhere')).toMatchObject({ error: { code: 'no-such-directory' } });
  expect(await refused('/agents add web api --provider claud')).toMatchObject({
    error: { code: 'unknown-provider', hint: 'Did you mean claude?' },
  });
  expect(await refused('/agents remove api')).toMatchObject({ error: { code: 'agent-in-file' } });
  expect(await refused('/agents show apo')).toMatchObject({
    error: { code: 'unknown-agent', hint: 'Did you mean api?' },
  });
});

test('reset begins a fresh session in this conversation', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script }));
  const first = await surface.ask('@api hello', here);
  expect((await surface.ask('@api again', here)).markdown).toBe(first.markdown);
  await surface.ask('/agents reset api', here);
  expect((await surface.ask('@api once more', here)).markdown).not.toBe(first.markdown);
});

test('a person sees only the agents that they may read', async () => {
  const access = [{ surface: 'slack', agents: ['api'], may: ['read'] }];
  const surface = await createSurface(createScene({ agents: ['api', 'web'], script, config: { access } }));
  expect((await surface.ask('/agents list')).data).toMatchObject({ agents: [{ name: 'api' }] });
  expect((await surface.ask('/agents list')).markdown).not.toContain('web');
});

test('an agent that was added here can be seen by whoever may read it', async () => {
  const access = [{ surface: 'slack', may: ['read', 'write', 'admin'] }];
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  await surface.ask('/agents add web api --provider search');
  await surface.ask('@web where is main?');
  expect((await surface.ask('/history list --agent web --kind reply')).data).toMatchObject({
    entries: [{ agent: 'web' }],
  });
});
