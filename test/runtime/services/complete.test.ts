import { expect, test } from 'vitest';
import type { AdapterHost } from '../../../src/adapters/adapter.ts';
import { createScene } from '../../support/program.ts';
import { createSurface, messageOf, type SayOptions, type Surface } from '../../support/surface.ts';

const access = [{ surface: 'slack', users: ['U-alice'], agents: ['api'], may: ['read', 'write'] }];

function valuesIn({ program }: Surface) {
  return async (kind: Parameters<AdapterHost['complete']>[0], prefix: string, options: SayOptions) => {
    const { place, author } = messageOf('x', options);
    return (await program.runtime.host.complete(kind, prefix, place, author)).map((choice) => choice.value);
  };
}

const terminal = { surface: 'terminal' };
const alice = { surface: 'slack', by: 'alice' };
const mallory = { surface: 'slack', by: 'mallory' };

test('offers what begins as typed, as far as the person may see it', async () => {
  const groups = { all_of_it: ['api', 'web'], backstage: ['web'] };
  const surface = await createSurface(
    createScene({ agents: ['api', 'apollo', 'web'], script: {}, config: { access, groups } }),
  );
  const values = valuesIn(surface);
  expect(await values('agent', 'ap', terminal)).toEqual(['api', 'apollo']);
  expect(await values('agent', '@AP', terminal)).toEqual(['api', 'apollo']);
  expect(await values('agent', '', alice)).toEqual(['api']);
  expect(await values('target', 'a', terminal)).toEqual(['api', 'apollo', 'all_of_it']);
  expect(await values('group', '', terminal)).toEqual(['all_of_it', 'backstage']);
  expect(await values('group', '', alice)).toEqual(['all_of_it']);
  expect(await values('command', 'hi', terminal)).toEqual(['history']);
  expect(await values('turn', '', terminal)).toEqual([]);
});

test('names only the agents of a group that the person may ask', async () => {
  const config = { access, groups: { all_of_it: ['api', 'web'] } };
  const surface = await createSurface(createScene({ agents: ['api', 'web'], script: {}, config }));
  const { place, author } = messageOf('x', alice);
  expect(await surface.program.runtime.host.complete('group', '', place, author)).toEqual([
    { value: 'all_of_it', summary: 'api' },
  ]);
});

test('tells nothing to people without a right', async () => {
  const config = { access, groups: { all_of_it: ['api'] } };
  const surface = await createSurface(createScene({ agents: ['api'], script: {}, config }));
  const values = valuesIn(surface);
  await surface.ask('@api what is it?', { by: 'alice' });
  for (const kind of ['agent', 'group', 'target', 'worktree', 'file', 'turn', 'history'] as const)
    expect(await values(kind, '', mallory), kind).toEqual([]);
});

test('offers entries of the history by their numbers, newest first', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script: {}, config: { access } }));
  await surface.ask('@api what is it?', { by: 'alice' });
  const numbers = (await valuesIn(surface)('history', '', alice)).map(Number);
  expect(numbers.length).toBeGreaterThan(1);
  expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
});
