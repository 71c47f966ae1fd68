import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEnvironment } from '../src/config.ts';
import { openHost } from '../src/host.ts';
import { createScene } from './support/program.ts';
import { requestOf, startTerminal } from './support/terminal-host.ts';

async function open(argv: readonly string[] = []) {
  const scene = createScene({ agents: ['api', 'web'], script: { agents: {}, otherwise: { answer: 'x' } } });
  const { terminal } = await startTerminal({ argv });
  const opened = await openHost({
    request: requestOf(argv),
    environment: readEnvironment({ ...scene.environment, API_TOKEN: 'abcdefghijklmnop' }),
    directory: scene.directory,
    checkout: '/nowhere',
    version: '0.0.0-test',
    conversation: 'terminal:here',
    terminal,
  });
  return { ...opened, scene };
}

it('gives the terminal what it shows and keeps', async () => {
  const { host, close, scene } = await open();
  expect(host.banner()).toMatchObject({
    version: '0.0.0-test',
    agents: [
      { name: 'api', directory: 'api', provider: 'command' },
      { name: 'web', directory: 'web', provider: 'command' },
    ],
  });
  expect(host.historyFile).toBe(join(scene.directory, 'data', 'input-history.jsonl'));
  expect(host.mask('the token is abcdefghijklmnop.')).not.toContain('abcdefghijklmnop');
  expect([host.directoryOf('web'), host.directoryOf('nobody')]).toEqual(['web', null]);
  expect(host.commands.map(({ name }) => name)).toContain('ask');
  await close();
});

it('has nothing to stop and nothing to take over at first', async () => {
  const { host, close } = await open(['status']);
  expect(await host.stop('terminal:here')).toBe(false);
  expect(await host.adopt(null)).toEqual([]);
  await close();
});

it('refuses a configuration that is not there', async () => {
  const { terminal } = await startTerminal({});
  const opening = openHost({
    request: requestOf(['--config', '/nowhere/tutti.yaml']),
    environment: readEnvironment({}),
    directory: '/',
    checkout: '/nowhere',
    version: '0.0.0-test',
    conversation: 'terminal:here',
    terminal,
  });
  await expect(opening).rejects.toMatchObject({ exit: 2 });
});
