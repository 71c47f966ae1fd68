import type { AccessRule } from '../access/access.ts';
import type { AgentGroup, ProjectAgent } from '../agents/registry.ts';

/** The configuration as the rest of the program sees it: paths absolute, times in milliseconds, sizes in bytes, defaults filled in. */
export interface Config {
  /** Absolute path of the file; null where the directory itself is the configuration. */
  readonly file: string | null;
  /** How it was found. */
  readonly origin: ConfigOrigin;
  /** Real path of the file, or of the directory where there is none: what a turn is recorded with. */
  readonly identity: string;
  /** What a person should do about it, as `Run "tutti init" …`; null when there is nothing to do. */
  readonly hint: string | null;
  /** Where everything is kept; it may not be there yet. */
  readonly dataDir: string;
  readonly agents: readonly ProjectAgent[];
  readonly groups: readonly AgentGroup[];
  readonly moderator: ModeratorConfig;
  readonly budgets: Readonly<Record<BudgetName, Budget>>;
  readonly limits: LimitsConfig;
  readonly autorun: AutorunConfig;
  readonly worktrees: WorktreesConfig;
  readonly shell: ShellConfig;
  readonly attachments: { readonly maxBytes: number; readonly types: readonly string[] };
  readonly retention: RetentionConfig;
  /** Defaults of a place, by the platform's channel id. */
  readonly channels: Readonly<Record<string, ChannelConfig>>;
  readonly access: readonly AccessRule[];
  /** A surface is served when its section is there. */
  readonly surfaces: { readonly slack: SlackConfig | null; readonly discord: DiscordConfig | null };
}

export type ConfigOrigin = 'argument' | 'environment' | 'directory' | 'user' | 'demo' | 'none';

export interface ModeratorConfig {
  /** `auto`, `search`, a provider's name, or a LangChain model as `vendor:model`. */
  readonly model: string;
  /** argv, where the model is `command` or `acp`. */
  readonly command: readonly string[] | null;
  readonly maxRounds: number;
  readonly maxAsks: number;
  readonly timeoutMs: number;
  readonly tracing: boolean;
}

export type BudgetName = 'question' | 'run' | 'conversation' | 'agent' | 'person' | 'day';

/** Null: no bound of this kind. */
export interface Budget {
  readonly usd: number | null;
  readonly tokens: number | null;
}

interface LimitsConfig {
  readonly concurrentAsks: number;
  readonly queuePerConversation: number;
  readonly perPersonPerHour: number;
  readonly shutdownGraceMs: number;
}

interface AutorunConfig {
  /** Relative to an agent's directory, and inside it. */
  readonly folder: string;
  readonly maxLoops: number;
  readonly stallAfter: number;
  readonly maxTasks: number;
  readonly timeoutMs: number;
}

interface WorktreesConfig {
  readonly directory: string;
  /** A shell command run in a new worktree. */
  readonly setup: string | null;
  readonly hooks: boolean;
  readonly forge: 'auto' | 'gh' | 'glab' | 'none';
}

interface ShellConfig {
  readonly shared: boolean;
  readonly timeoutMs: number;
  /** Shell commands by name. */
  readonly verify: Readonly<Record<string, string>>;
}

/** Null: kept for ever. */
interface RetentionConfig {
  readonly ledgerMs: number | null;
  readonly historyMs: number | null;
  readonly attachmentsMs: number | null;
}

/** Null: as everywhere else. */
export interface ChannelConfig {
  readonly agents: readonly string[] | null;
  readonly moderator: Partial<Omit<ModeratorConfig, 'tracing'>>;
  readonly follow: boolean | null;
}

interface SlackConfig {
  readonly mode: 'socket' | 'http';
  readonly port: number;
  readonly path: string;
  /** $SLACK_API_URL wins over the file. */
  readonly apiUrl: string | null;
  readonly commandPrefix: string;
  /** Ids of the workspaces that may install Tutti; all when empty. */
  readonly workspaces: readonly string[];
}

interface DiscordConfig {
  /** Ends in /api. $DISCORD_API_URL wins over the file. */
  readonly apiUrl: string | null;
  /** Guilds to register commands in; everywhere when empty. */
  readonly guilds: readonly string[];
}

/** What the configuration has to know of a provider. */
export interface KnownProvider {
  readonly name: string;
  readonly bypassFlags: readonly string[];
  readonly capabilities: { readonly mind: boolean };
}
