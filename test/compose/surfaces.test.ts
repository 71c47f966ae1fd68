import { expect, test } from 'vitest';
import { sharedSurfaces } from '../../src/compose/surfaces.ts';
import { createLog } from '../../src/log.ts';
import { configured } from '../support/configured.ts';
import { createScene } from '../support/program.ts';

async function open(surfaces: object, variables: Readonly<Record<string, string>>) {
  const scene = createScene({ agents: ['api'], script: {}, config: { surfaces } });
  const { config, environment } = await configured(scene, variables);
  const log = createLog({ level: 'silent', mask: (text) => text });
  const settings = { config, environment, log, now: () => new Date(), clock: () => performance.now() };
  const opened = await Promise.all(sharedSurfaces.map((surface) => surface(settings)));
  return opened.flatMap((surface) => (surface === null ? [] : [surface.name]));
}

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const discord = { DISCORD_TOKEN: 'a-token' };

test('The surfaces that the configuration names are opened, and no others', async () => {
  expect(await open({}, { ...slack, ...discord })).toEqual([]);
  expect(await open({ discord: {} }, discord)).toEqual(['discord']);
  expect(await open({ slack: {}, discord: {} }, { ...slack, ...discord })).toEqual(['slack', 'discord']);
});

test('A surface whose token is missing says which variable it wants', async () => {
  await expect(open({ discord: {} }, {})).rejects.toThrow('DISCORD_TOKEN');
  await expect(open({ slack: {} }, { SLACK_BOT_TOKEN: 'xoxb-1' })).rejects.toThrow('SLACK_APP_TOKEN');
});
