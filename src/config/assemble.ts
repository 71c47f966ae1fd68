import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { AccessRule } from '../access/access.ts';
import type { ProjectAgent } from '../agents/registry.ts';
import type { FileConfig } from './schema.ts';
import type { Budget, BudgetName, ChannelConfig, Config, ModeratorConfig } from './shape.ts';

/** The parts of a configuration that come from a file; `dataDir` and `worktrees.directory` only where the file names them. */
export type FileSections = Omit<Config, 'file' | 'origin' | 'identity' | 'hint' | 'dataDir' | 'worktrees'> & {
  readonly dataDir: string | null;
  readonly worktrees: Omit<Config['worktrees'], 'directory'> & { readonly directory: string | null };
};

/** An absolute path of what a file names, relative to the file; `~/` is the home directory. */
export function pathFrom(file: string, written: string): string {
  return resolve(dirname(file), written.startsWith('~/') ? join(homedir(), written.slice(2)) : written);
}

/** Makes the configuration of a file that passed the schema and the rules: paths absolute, names as the agents are written. */
export function assemble(file: FileConfig, path: string): FileSections {
  const { dataDir, worktrees } = file;
  const names = (written: readonly string[]) => agentsNamed(written, file);
  return {
    dataDir: dataDir === undefined ? null : pathFrom(path, dataDir),
    agents: Object.entries(file.agents).map(([name, agent]) => agentOf(name, agent, path)),
    groups: Object.entries(file.groups).map(([name, agents]) => ({ name, agents: names(agents) })),
    moderator: moderatorOf(file.moderator),
    budgets: budgetsOf(file.budgets),
    limits: {
      concurrentAsks: file.limits.concurrentAsks,
      queuePerConversation: file.limits.queuePerConversation,
      perPersonPerHour: file.limits.perPersonPerHour,
      shutdownGraceMs: file.limits.shutdownGrace,
    },
    autorun: {
      folder: file.autorun.folder,
      maxLoops: file.autorun.maxLoops,
      stallAfter: file.autorun.stallAfter,
      maxTasks: file.autorun.maxTasks,
      timeoutMs: file.autorun.timeout,
    },
    worktrees: {
      directory: worktrees.directory === undefined ? null : pathFrom(path, worktrees.directory),
      setup: worktrees.setup ?? null,
      hooks: worktrees.hooks,
      forge: worktrees.forge,
    },
    shell: { shared: file.shell.shared, timeoutMs: file.shell.timeout, verify: file.shell.verify },
    attachments: file.attachments,
    retention: {
      ledgerMs: file.retention.ledger,
      historyMs: file.retention.history,
      attachmentsMs: file.retention.attachments,
    },
    channels: Object.fromEntries(Object.entries(file.channels).map(([id, channel]) => [id, channelOf(channel, names)])),
    access: file.access.map((rule) => ruleOf(rule, names)),
    surfaces: surfacesOf(file.surfaces),
  };
}

function agentOf(name: string, agent: FileConfig['agents'][string], path: string): ProjectAgent {
  return {
    name,
    directory: pathFrom(path, agent.directory),
    provider: agent.provider,
    description: agent.description,
    model: agent.model ?? null,
    args: agent.args,
    env: agent.env,
    command: agent.command ?? null,
    access: agent.access,
    timeoutMs: agent.timeout,
    silenceMs: agent.silence,
  };
}

/** Agents that a list of agents and groups stands for, each once. */
function agentsNamed(written: readonly string[], file: FileConfig): readonly string[] {
  const groups = new Map(Object.entries(file.groups).map(([name, members]) => [name.toLowerCase(), members]));
  const wanted = new Set(
    written.flatMap((name) => groups.get(name.toLowerCase()) ?? [name]).map((name) => name.toLowerCase()),
  );
  return Object.keys(file.agents).filter((name) => wanted.has(name.toLowerCase()));
}

function moderatorOf(moderator: FileConfig['moderator']): ModeratorConfig {
  const { model, command, maxRounds, maxAsks, timeout, tracing } = moderator;
  return { model, command: command ?? null, maxRounds, maxAsks, timeoutMs: timeout, tracing };
}

function budgetsOf(budgets: FileConfig['budgets']): Readonly<Record<BudgetName, Budget>> {
  const bound = ({ usd, tokens }: FileConfig['budgets'][BudgetName]) => ({ usd: usd ?? null, tokens: tokens ?? null });
  const { question, run, conversation, agent, person, day } = budgets;
  return {
    question: bound(question),
    run: bound(run),
    conversation: bound(conversation),
    agent: bound(agent),
    person: bound(person),
    day: bound(day),
  };
}

type Names = (written: readonly string[]) => readonly string[];

function channelOf(channel: FileConfig['channels'][string], names: Names): ChannelConfig {
  const { timeout, ...moderator } = channel.moderator ?? {};
  return {
    agents: channel.agents === undefined ? null : names(channel.agents),
    moderator: timeout === undefined ? moderator : { ...moderator, timeoutMs: timeout },
    follow: channel.follow ?? null,
  };
}

function ruleOf(rule: FileConfig['access'][number], names: Names): AccessRule {
  return rule.agents === undefined ? rule : { ...rule, agents: names(rule.agents) };
}

function surfacesOf({ slack, discord }: FileConfig['surfaces']): Config['surfaces'] {
  return {
    slack: slack === undefined ? null : { ...slack, apiUrl: slack.apiUrl ?? null },
    discord: discord === undefined ? null : { ...discord, apiUrl: discord.apiUrl ?? null },
  };
}
