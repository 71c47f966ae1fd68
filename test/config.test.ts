import { chmodSync, copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { providers } from '../src/agents/providers/index.ts';
import { fileSchema } from '../src/config/schema.ts';
import { type LoadOptions, loadConfig, readEnvironment } from '../src/config.ts';
import { temporaryFiles } from './support/files.ts';
import { knownProviders } from './support/providers.ts';

const root = join(import.meta.dirname, '..');

function options(directory: string, more: Partial<LoadOptions> = {}): LoadOptions {
  const environment = { HOME: join(directory, 'home') };
  return {
    argument: null,
    environment,
    directory,
    checkout: root,
    providers: knownProviders,
    platform: 'linux',
    ...more,
  };
}

describe('loadConfig', () => {
  it('reads the file of the directory', async () => {
    const directory = temporaryFiles({ 'api/': '', 'tutti.yaml': 'agents:\n  api: { directory: api }\n' });
    const config = await loadConfig(options(directory));
    expect(config).toMatchObject({
      file: join(directory, 'tutti.yaml'),
      origin: 'directory',
      identity: join(directory, 'tutti.yaml'),
      hint: null,
      agents: [{ name: 'api', directory: join(directory, 'api'), provider: 'auto' }],
    });
    expect(config.dataDir).toMatch(/\/home\/\.local\/share\/tutti\/tutti-test-\w+-[0-9a-f]{8}$/);
    expect(config.worktrees.directory).toBe(join(config.dataDir, 'worktrees'));
  });

  it('names the file as it is seen from the current directory', async () => {
    const directory = temporaryFiles({ 'sub/wrong.yaml': 'agents:\n', 'other/': '' });
    await expect(loadConfig(options(directory, { argument: 'sub/wrong.yaml' }))).rejects.toThrow(
      /^sub\/wrong\.yaml:1: /,
    );
    await expect(loadConfig(options(join(directory, 'other'), { argument: '../sub/wrong.yaml' }))).rejects.toThrow(
      `${join(directory, 'sub/wrong.yaml')}:1: `,
    );
  });

  it('takes the current directory as the one agent where there is no file, and says how to get one', async () => {
    const directory = temporaryFiles({ 'shop/package.json': '{"description":"A shop"}' });
    const config = await loadConfig(options(join(directory, 'shop')));
    expect(config).toMatchObject({
      file: null,
      origin: 'none',
      identity: join(directory, 'shop'),
      hint: expect.stringContaining('tutti init'),
      agents: [{ name: 'shop', directory: join(directory, 'shop'), provider: 'auto', description: 'A shop' }],
    });
    expect(config.dataDir).toMatch(/\/tutti\/shop-[0-9a-f]{8}$/);
  });

  it('gives a directory a name that can be addressed', async () => {
    const directory = temporaryFiles({ 'my project/': '' });
    const { agents } = await loadConfig(options(join(directory, 'my project')));
    expect(agents.map(({ name }) => name)).toEqual(['my-project']);
  });

  it('lets $TUTTI_DATA_DIR win over the file', async () => {
    const directory = temporaryFiles({ 'tutti.yaml': 'dataDir: ./mine\nagents: {}\n' });
    expect((await loadConfig(options(directory))).dataDir).toBe(join(directory, 'mine'));
    const environment = { TUTTI_DATA_DIR: 'theirs' };
    expect((await loadConfig(options(directory, { environment }))).dataDir).toBe(join(directory, 'theirs'));
  });

  it('lets the addresses of the environment win over the file, for surfaces that are configured', async () => {
    const surfaces = 'agents: {}\nsurfaces:\n  slack: { apiUrl: https://proxy.example/api/ }\n  discord: {}\n';
    const directory = temporaryFiles({ 'tutti.yaml': surfaces, 'none.yaml': 'agents: {}\n' });
    expect((await loadConfig(options(directory))).surfaces).toMatchObject({
      slack: { apiUrl: 'https://proxy.example/api/', mode: 'socket' },
      discord: { apiUrl: null, guilds: [] },
    });
    const environment = { SLACK_API_URL: 'http://127.0.0.1:1/api/', DISCORD_API_URL: 'http://127.0.0.1:2/api/' };
    expect((await loadConfig(options(directory, { environment }))).surfaces).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:1/api/' },
      discord: { apiUrl: 'http://127.0.0.1:2/api' },
    });
    expect((await loadConfig(options(directory, { environment, argument: 'none.yaml' }))).surfaces).toEqual({
      slack: null,
      discord: null,
    });
  });

  it.runIf(process.getuid?.() !== 0)('says that a file cannot be read', async () => {
    const directory = temporaryFiles({ 'tutti.yaml': 'agents: {}\n' });
    chmodSync(join(directory, 'tutti.yaml'), 0o000);
    await expect(loadConfig(options(directory))).rejects.toMatchObject({ code: 'config', exit: 2 });
  });

  it('says that a directory in the place of the file cannot be read', async () => {
    const directory = temporaryFiles({ 'tutti.yaml/': '' });
    await expect(loadConfig(options(directory))).rejects.toMatchObject({ code: 'config', exit: 2 });
  });
});

describe('config/demo.yaml', () => {
  it('has its three projects on the disk, and needs no model', async () => {
    const config = await loadConfig(options(root, { environment: {} }));
    expect(config).toMatchObject({ origin: 'demo', moderator: { model: 'search' } });
    expect(config.agents.map(({ name, provider }) => [name, provider])).toEqual([
      ['slack', 'search'],
      ['discord', 'search'],
      ['execa', 'search'],
    ]);
    for (const { directory } of config.agents) expect(statSync(join(directory, 'package.json')).isFile()).toBe(true);
  });
});

describe('config/tutti.example.yaml', () => {
  const example = join(root, 'config', 'tutti.example.yaml');

  it('is right for the providers that there are', async () => {
    const directory = temporaryFiles({ 'here/': '', 'api/': '', 'web/': '', 'worker/': '' });
    copyFileSync(example, join(directory, 'here', 'tutti.yaml'));
    const config = await loadConfig(options(join(directory, 'here'), { providers }));
    expect(config.agents.map(({ name }) => name)).toEqual(['api', 'web', 'worker']);
  });

  it('shows every key', () => {
    const text = readFileSync(example, 'utf8');
    const keys = new Set<string>();
    collectKeys(z.toJSONSchema(fileSchema, { io: 'input', unrepresentable: 'any' }), keys);
    expect(keys.size).toBeGreaterThan(60);
    expect([...keys].filter((key) => !new RegExp(`(?:^|[\\s{-])${key}:`, 'm').test(text))).toEqual([]);
  });

  it('names defaults as they are', async () => {
    const directory = temporaryFiles({
      'here/': '',
      'api/': '',
      'web/': '',
      'worker/': '',
      'bare.yaml': 'agents: {}\n',
    });
    copyFileSync(example, join(directory, 'here', 'tutti.yaml'));
    const shown = await loadConfig(options(join(directory, 'here')));
    const bare = await loadConfig(options(directory, { argument: 'bare.yaml' }));
    expect(shown.limits).toEqual(bare.limits);
    expect(shown.autorun).toEqual(bare.autorun);
    expect(shown.attachments).toEqual(bare.attachments);
    expect(shown.retention).toEqual(bare.retention);
    expect(shown.shell).toMatchObject({ shared: bare.shell.shared, timeoutMs: bare.shell.timeoutMs });
    expect(shown.budgets.question).toEqual(bare.budgets.question);
    expect(shown.budgets.run).toEqual(bare.budgets.run);
    expect({ ...shown.moderator, model: 'auto', command: null }).toEqual(bare.moderator);
  });
});

function collectKeys(schema: unknown, keys: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, part] of Object.entries(schema)) {
    if (name === 'properties' && typeof part === 'object') for (const key of Object.keys(part ?? {})) keys.add(key);
    collectKeys(part, keys);
  }
}

describe('readEnvironment', () => {
  it('gives what others need as data', () => {
    expect(
      readEnvironment({
        SLACK_BOT_TOKEN: 'xoxb',
        SLACK_APP_TOKEN: '',
        DISCORD_TOKEN: 'd',
        TUTTI_SECRET_KEY: 'k',
        TUTTI_LOG: 'DEBUG',
        UNSET: undefined,
      }),
    ).toEqual({
      variables: {
        SLACK_BOT_TOKEN: 'xoxb',
        SLACK_APP_TOKEN: '',
        DISCORD_TOKEN: 'd',
        TUTTI_SECRET_KEY: 'k',
        TUTTI_LOG: 'DEBUG',
      },
      logLevel: 'debug',
      color: true,
      plain: false,
      secretKey: 'k',
      slack: { botToken: 'xoxb', appToken: null, signingSecret: null, clientId: null, clientSecret: null },
      discord: { token: 'd' },
    });
  });

  it('reads the environment of the process', () => {
    expect(readEnvironment().variables.PATH).toBe(process.env.PATH);
  });

  it('wants no colour where the user wants none', () => {
    expect(readEnvironment({ NO_COLOR: '1' }).color).toBe(false);
    expect(readEnvironment({ NO_COLOR: '' }).color).toBe(true);
    expect(readEnvironment({ TERM: 'dumb' }).color).toBe(false);
  });

  it('refuses a log level that is none', () => {
    expect(() => readEnvironment({ TUTTI_LOG: 'loud' })).toThrow(/\$TUTTI_LOG is "loud"/);
  });
});
