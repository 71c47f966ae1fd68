import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBinary } from '../../agents/binary.ts';
import type { AgentProvider, ProviderStatus } from '../../agents/provider.ts';
import type { ProjectAgent } from '../../agents/registry.ts';
import type { DoctorCheck, DoctorReport } from '../../commands/services.ts';
import type { Config } from '../../config/shape.ts';

export interface DoctorOptions {
  readonly version: string;
  readonly node: string;
  readonly config: Config;
  readonly providers: readonly AgentProvider[];
  readonly agents: readonly ProjectAgent[];
  /** The children's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `auto` comes to now, asked anew. */
  automatic(): Promise<string>;
  /** The program's version, or null where it is not installed. */
  gitVersion(): Promise<string | null>;
  /** What the store had to say when it was opened. */
  readonly notices: readonly string[];
  readonly tokens: {
    readonly slackBot: boolean;
    readonly slackApp: boolean;
    readonly slackSigning: boolean;
    readonly slackClientId: boolean;
    readonly slackClientSecret: boolean;
    readonly secretKey: boolean;
    readonly discord: boolean;
  };
}

const builtIn = new Set(['search', 'command', 'acp']);

/** What is installed, signed in, reachable; never a model call. `ok` is false only where something configured cannot work. */
export async function examine(options: DoctorOptions): Promise<DoctorReport> {
  const { config, providers, environment } = options;
  const found = await Promise.all(
    providers
      .filter((provider) => !builtIn.has(provider.name))
      .map(async (provider) => ({ provider, status: await provider.status(environment) })),
  );
  const automatic = await options.automatic();
  const used = new Set([...options.agents.map((agent) => agent.provider), config.moderator.model]);
  const checks: readonly DoctorCheck[] = [
    ok('node', options.node),
    config.file === null ? missing('configuration', 'none', config.hint) : ok('configuration', config.file),
    ...options.notices.map((notice) => missing('data directory', notice, null)),
    ...(options.notices.length === 0 ? [ok('data directory', config.dataDir)] : []),
    await git(options),
    ...options.agents.map((agent) => agentCheck(agent, automatic, found, environment)),
    ...found.map((one) => providerCheck(one, used.has(one.provider.name))),
    moderatorCheck(config, automatic, environment),
    ...surfaceChecks(config, options.tokens),
  ];
  return {
    ok: checks.every((check) => check.status !== 'failed'),
    version: options.version,
    node: options.node,
    config: config.file,
    dataDir: config.dataDir,
    checks,
  };
}

function ok(name: string, detail: string): DoctorCheck {
  return { name, status: 'ok', detail, hint: null };
}

function missing(name: string, detail: string, hint: string | null): DoctorCheck {
  return { name, status: 'missing', detail, hint };
}

function failed(name: string, detail: string, hint: string | null): DoctorCheck {
  return { name, status: 'failed', detail, hint };
}

async function git({ gitVersion }: DoctorOptions): Promise<DoctorCheck> {
  const version = await gitVersion();
  return version === null ? missing('git', 'not installed', 'Worktrees need it.') : ok('git', version);
}

interface Found {
  readonly provider: AgentProvider;
  readonly status: ProviderStatus;
}

type Environment = DoctorOptions['environment'];

function agentCheck(
  agent: ProjectAgent,
  automatic: string,
  found: readonly Found[],
  environment: Environment,
): DoctorCheck {
  const name = `agent ${agent.name}`;
  if (!existsSync(agent.directory))
    return failed(name, `its directory ${agent.directory} is not there`, 'Correct "directory" in the configuration.');
  const provider = agent.provider === 'auto' ? automatic : agent.provider;
  const known = found.find((one) => one.provider.name === provider);
  const how = agent.provider === 'auto' ? `${provider} (auto)` : provider;
  if (known !== undefined && !known.status.installed)
    return failed(name, `${provider} is not installed`, known.provider.installHint ?? null);
  if (known !== undefined && known.status.signedIn === 'no')
    return failed(name, `${provider} is not signed in`, known.provider.signInHint ?? null);
  const problem = programProblem(agent.command, { ...environment, ...agent.env }, agent.directory);
  if (problem !== null) return failed(name, problem, 'Install it, or correct "command" in the configuration.');
  return ok(name, `${how} in ${agent.directory}`);
}

/** Why a command of the configuration cannot be run; null where it can, or there is none. */
function programProblem(command: readonly string[] | null, environment: Environment, directory: string): string | null {
  const [program] = command ?? [];
  if (program === undefined) return null;
  const search = findBinary(program, environment, directory);
  if (search.found) return null;
  return search.path === null ? `${program} was not found` : `${search.path} may not be run`;
}

function providerCheck({ provider, status }: Found, isUsed: boolean): DoctorCheck {
  const name = `provider ${provider.name}`;
  if (!status.installed) {
    const say = isUsed ? failed : missing;
    return say(name, 'not installed', provider.installHint ?? null);
  }
  const signedIn = { yes: 'signed in', no: 'not signed in', unknown: 'sign-in unknown' }[status.signedIn];
  const readOnly = provider.capabilities.readOnly === 'advisory' ? ', its read-only is advisory' : '';
  const detail = `${status.version ?? 'unknown version'}, ${signedIn}${readOnly}`;
  if (status.signedIn === 'no') return (isUsed ? failed : missing)(name, detail, provider.signInHint ?? status.hint);
  return { name, status: 'ok', detail, hint: status.hint };
}

function moderatorCheck({ moderator, dataDir }: Config, automatic: string, environment: Environment): DoctorCheck {
  const problem = programProblem(moderator.command, environment, join(dataDir, 'mind'));
  if (problem !== null) return failed('moderator', problem, 'Install it, or correct moderator.command.');
  const model = moderator.model === 'auto' ? automatic : moderator.model;
  if (model !== 'search') return ok('moderator', moderator.model === 'auto' ? `${model} (auto)` : model);
  const hint =
    'Install and sign in to a coding CLI (claude, codex, opencode …), or set moderator.model, to have a model.';
  return { name: 'moderator', status: 'ok', detail: 'search: no model is used', hint };
}

/** One workspace has a token; several install Tutti, which takes what the app is known by, and a key for their tokens. */
function speakingOnSlack(tokens: DoctorOptions['tokens']): readonly (readonly [string, boolean])[] {
  if (!tokens.slackClientId && !tokens.slackClientSecret) return [['SLACK_BOT_TOKEN', tokens.slackBot]];
  return [
    ['SLACK_CLIENT_ID', tokens.slackClientId],
    ['SLACK_CLIENT_SECRET', tokens.slackClientSecret],
    ['TUTTI_SECRET_KEY', tokens.secretKey],
  ];
}

function surfaceChecks({ surfaces }: Config, tokens: DoctorOptions['tokens']): readonly DoctorCheck[] {
  const checks: DoctorCheck[] = [];
  const check = (name: string, wants: readonly (readonly [string, boolean])[]) => {
    const absent = wants.filter(([, isSet]) => !isSet).map(([variable]) => variable);
    checks.push(
      absent.length === 0
        ? ok(name, 'its tokens are set')
        : failed(name, `${absent.join(', ')} not set`, 'Secrets come from the environment.'),
    );
  };
  if (surfaces.slack !== null)
    check('slack', [
      ...speakingOnSlack(tokens),
      surfaces.slack.mode === 'socket'
        ? ['SLACK_APP_TOKEN', tokens.slackApp]
        : ['SLACK_SIGNING_SECRET', tokens.slackSigning],
    ]);
  if (surfaces.discord !== null) check('discord', [['DISCORD_TOKEN', tokens.discord]]);
  return checks;
}
