import { expect, test } from 'vitest';
import { createScene } from '../../support/program.ts';
import { createSurface, messageOf } from '../../support/surface.ts';

const access = [{ surface: 'slack', agents: ['api'], may: ['read'] }];

test('offers what begins as typed, as far as the person may see it', async () => {
  const surface = await createSurface(
    createScene({
      agents: ['api', 'apollo', 'web'],
      script: {},
      config: { access, groups: { all_of_it: ['api', 'web'] } },
    }),
  );
  const { complete } = surface.program.runtime.host;
  const values = async (kind: Parameters<typeof complete>[0], prefix: string, surfaceName: string) => {
    const { place, author } = messageOf('x', { surface: surfaceName });
    return (await complete(kind, prefix, place, author)).map((choice) => choice.value);
  };
  expect(await values('agent', 'ap', 'terminal')).toEqual(['api', 'apollo']);
  expect(await values('agent', '@AP', 'terminal')).toEqual(['api', 'apollo']);
  expect(await values('agent', '', 'slack')).toEqual(['api']);
  expect(await values('target', 'a', 'terminal')).toEqual(['api', 'apollo', 'all_of_it']);
  expect(await values('command', 'hi', 'terminal')).toEqual(['history']);
  expect(await values('turn', '', 'terminal')).toEqual([]);
});
