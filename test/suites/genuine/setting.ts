/** A home, a small repository and a loopback model for one genuine CLI: nothing of the machine's own settings or sign-ins is in it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { LoopbackModel } from '../../support/loopback-model.ts';

const run = promisify(execFile);

/** Kept in step with `install-clis.sh`. */
const versions = {
  claude: '2.1.330',
  codex: '0.169.0',
  opencode: '1.18.33',
  gemini: '0.61.0',
  qwen: '0.24.4',
  copilot: '1.0.102',
  droid: '0.215.0',
  pi: '0.73.1',
} as const;

export type CliName = keyof typeof versions;

export interface Setting {
  /** A git repository with `notes.txt`, the working directory. */
  readonly directory: string;
  readonly home: string;
  /** Built from nothing. */
  readonly environment: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where `install-clis.sh` put the binary. */
export function binaryFolder(cli: CliName): string {
  const cache = process.env.TUTTI_CLI_CACHE ?? join(homedir(), '.cache', 'tutti-clis');
  return join(cache, `${cli}-${versions[cli]}`, 'node_modules', '.bin');
}

/** A fresh setting in which these CLIs talk to the model. Dispose of it to remove its files. */
export async function createSetting(model: LoopbackModel, clis: readonly CliName[]): Promise<Setting> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'tutti-genuine-')));
  const home = join(root, 'home');
  const directory = join(root, 'project');
  // Codex refuses a home below the temporary directory.
  const temporary = join(root, 'tmp');
  for (const folder of [home, directory, temporary]) await mkdir(folder);
  await createRepository(directory);
  const settings = await Promise.all(clis.map((cli) => configure[cli](model.url, home)));
  const path = [...clis.map(binaryFolder), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
  const common = { HOME: home, PATH: path.join(delimiter), TMPDIR: temporary, TERM: 'dumb', LANG: 'C.UTF-8' };
  return {
    directory,
    home,
    environment: Object.assign(common, ...settings),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

/** A git repository with one commit, holding `notes.txt`. */
export async function createRepository(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'notes.txt'), 'the seed of the project\n');
  const git = (...args: readonly string[]) => run('git', ['-C', directory, ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message=Begin');
}

type Settings = Readonly<Record<string, string>>;

const configure: Record<CliName, (url: string, home: string) => Promise<Settings>> = {
  claude: async (url) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'loopback-key',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    // Its bypass mode refuses to run as root outside a sandbox, and containers run as root.
    IS_SANDBOX: '1',
  }),
  codex: async (url, home) => {
    const folder = join(home, '.codex');
    await mkdir(folder);
    await writeFile(join(folder, 'config.toml'), codexConfig(url));
    return { CODEX_HOME: folder, LOOPBACK_API_KEY: 'loopback-key' };
  },
  opencode: async (url) => ({
    OPENCODE_CONFIG_CONTENT: JSON.stringify(opencodeConfig(url)),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
  }),
  gemini: async (url, home) => {
    await mkdir(join(home, '.gemini'));
    const settings = { security: { auth: { selectedType: 'gemini-api-key' } } };
    await writeFile(join(home, '.gemini', 'settings.json'), JSON.stringify(settings));
    return { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'loopback-key', GEMINI_CLI_TRUST_WORKSPACE: 'true' };
  },
  qwen: async (url, home) => {
    await mkdir(join(home, '.qwen'));
    const settings = { security: { auth: { selectedType: 'openai' } } };
    await writeFile(join(home, '.qwen', 'settings.json'), JSON.stringify(settings));
    return { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'loopback-key', OPENAI_MODEL: 'loopback-model' };
  },
  copilot: async (url) => ({
    COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_PROVIDER_API_KEY: 'loopback-key',
    COPILOT_MODEL: 'loopback-model',
    COPILOT_OFFLINE: 'true',
  }),
  droid: async (url, home) => {
    await mkdir(join(home, '.factory'));
    const model = {
      model: 'loopback-model',
      displayName: 'Loopback',
      baseUrl: `${url}/v1`,
      apiKey: 'loopback-key',
      provider: 'generic-chat-completion-api',
      maxOutputTokens: 4096,
    };
    await writeFile(join(home, '.factory', 'settings.json'), JSON.stringify({ customModels: [model] }));
    return { FACTORY_API_KEY: 'fk-loopback' };
  },
  pi: async (url, home) => {
    await mkdir(join(home, '.pi', 'agent'), { recursive: true });
    const provider = {
      baseUrl: `${url}/v1`,
      api: 'openai-completions',
      apiKey: 'loopback-key',
      models: [
        {
          id: 'loopback-model',
          name: 'Loopback',
          reasoning: false,
          input: ['text', 'image'],
          cost: { input: 1, output: 2, cacheRead: 0.1, cacheWrite: 0 },
          contextWindow: 128_000,
          maxTokens: 4096,
        },
      ],
    };
    await writeFile(join(home, '.pi', 'agent', 'models.json'), JSON.stringify({ providers: { loopback: provider } }));
    return { PI_OFFLINE: '1' };
  },
};

function codexConfig(url: string): string {
  return `model = "loopback-model"
model_provider = "loopback"
check_for_update_on_startup = false
[model_providers.loopback]
name = "loopback"
base_url = "${url}/v1"
wire_api = "responses"
env_key = "LOOPBACK_API_KEY"
request_max_retries = 1
stream_max_retries = 1
stream_idle_timeout_ms = 60000
[analytics]
enabled = false
`;
}

function opencodeConfig(url: string) {
  return {
    autoupdate: false,
    share: 'disabled',
    model: 'loopback/loopback-model',
    small_model: 'loopback/loopback-model',
    enabled_providers: ['loopback'],
    provider: {
      loopback: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Loopback',
        options: { baseURL: `${url}/v1`, apiKey: 'loopback-key' },
        models: {
          'loopback-model': {
            name: 'Loopback',
            limit: { context: 128_000, output: 4096 },
            cost: { input: 1, output: 2, cache_read: 0.1, cache_write: 0 },
            attachment: true,
            modalities: { input: ['text', 'image'], output: ['text'] },
            tool_call: true,
          },
        },
      },
    },
  };
}
