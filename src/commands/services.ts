import type { Author, Citation, CommandSpec, Place, Right } from '../adapters/adapter.ts';
import type { History, Visibility } from '../history/history.ts';
import type { TurnRecord } from '../ledger/ledger.ts';
import type { Usage } from '../usage.ts';
import type { QuestionRequest } from './command.ts';

/** Who, where: what rights and visibility are decided by. */
export interface Requester {
  readonly author: Author;
  readonly place: Place;
}

/** An agent as lists show it; the `--json` form. */
export interface AgentView {
  readonly name: string;
  readonly directory: string;
  readonly provider: string;
  readonly access: string;
  readonly description: string;
  /** `ready`, `working`, or `missing` where its directory is gone. */
  readonly status: 'ready' | 'working' | 'missing';
  readonly worktrees: readonly { readonly branch: string; readonly directory: string }[];
}

export interface NewAgent {
  readonly name: string;
  readonly directory: string;
  readonly provider: string;
  readonly description: string;
  readonly access: 'read' | 'edit';
}

export interface AgentsService {
  list(): Promise<readonly AgentView[]>;
  /** Refused with a UserError for names that are taken or impossible, directories that are missing, providers that are unknown. */
  add(agent: NewAgent): Promise<void>;
  /** Refused for agents of the configuration file. */
  remove(name: string): Promise<void>;
  /** Forgets the agent's session in the conversation. */
  reset(name: string, conversation: string): Promise<void>;
  groups(): Promise<readonly { readonly name: string; readonly agents: readonly string[] }[]>;
  setGroup(name: string, agents: readonly string[]): Promise<void>;
  removeGroup(name: string): Promise<void>;
}

export interface RightsService {
  may(requester: Requester, right: Right, agent?: string | null): boolean;
  /** Whether anybody at all may do it there, with this agent. */
  somebody(place: Place, right: Right, agent: string): boolean;
  /** Undefined: everything. */
  visible(requester: Requester, conversation: string): Promise<Visibility | undefined>;
  /** Every grant with the number (from 1) of the rule that gives it. */
  check(user: string): Promise<readonly { readonly right: Right; readonly agent: string; readonly rule: number }[]>;
  /** The rules as they stand in the file, one line each. */
  rules(): readonly string[];
}

/** A turn that is not settled; the `--json` form. */
export interface TurnView {
  readonly turnId: string;
  readonly conversation: string;
  readonly question: string;
  readonly state: 'waiting' | 'held' | 'running' | 'abandoned';
  /** Why it waits; null while it runs. */
  readonly reason: string | null;
  readonly by: string;
  readonly since: string;
  readonly asks: readonly {
    readonly agent: string;
    readonly status: string;
    readonly activity: string | null;
    readonly durationMs: number | null;
  }[];
}

export interface TurnsService {
  /** In order; what the requester may see. */
  open(requester: Requester, conversation: string): readonly TurnView[];
  record(turnId: string): TurnRecord | null;
  /** The last settled question of a conversation. */
  last(conversation: string): TurnRecord | null;
  /** What its message asked for, as if it came now. */
  requestOf(turn: TurnRecord): QuestionRequest;
  stop(turnId: string, by: string): Promise<void>;
  stopAgent(turnId: string, agent: string, by: string): void;
  /** Puts a waiting turn before the one that stands at the position (from 1) in its conversation's queue. */
  move(turnId: string, position: number): void;
  hold(turnId: string, held: boolean): void;
  instances(): readonly { readonly id: string; readonly pid: number; readonly since: string; readonly role: string }[];
}

export interface DoctorCheck {
  readonly name: string;
  readonly status: 'ok' | 'missing' | 'failed';
  readonly detail: string;
  readonly hint: string | null;
}

/** `ok` is false only when something configured cannot work. */
export interface DoctorReport {
  readonly ok: boolean;
  readonly version: string;
  readonly node: string;
  readonly config: string | null;
  readonly dataDir: string;
  readonly checks: readonly DoctorCheck[];
}

export interface UsageReport {
  readonly total: Usage | null;
  readonly agents: readonly { readonly agent: string; readonly usage: Usage }[];
  readonly persons: readonly { readonly person: string; readonly usage: Usage }[];
  readonly days: readonly { readonly day: string; readonly usage: Usage }[];
  readonly budgets: readonly {
    readonly name: string;
    readonly usd: number | null;
    readonly tokens: number | null;
    readonly used: Usage | null;
  }[];
}

/** What commands may use; built by the composition root. */
/** Whether a conversation takes messages without a mention. */
export interface FollowingService {
  /** As the conversation says, else as its channel is configured, else yes. */
  get(conversation: string, channel: string): Promise<boolean>;
  set(conversation: string, follow: boolean): Promise<void>;
}

export interface Services {
  readonly version: string;
  commands(): readonly CommandSpec[];
  readonly agents: AgentsService;
  readonly rights: RightsService;
  readonly turns: TurnsService;
  readonly history: History;
  readonly following: FollowingService;
  usage(requester: Requester, conversation: string, since: Date | null): Promise<UsageReport>;
  doctor(): Promise<DoctorReport>;
  now(): Date;
}

/** The object of `send --json`. */
export interface SendResult {
  readonly agentId: string;
  readonly agentName: string;
  readonly sessionId: string | null;
  readonly response: string | null;
  readonly success: boolean;
  readonly usage: Usage | null;
  readonly citations: readonly Citation[];
  readonly failure: { readonly reason: string; readonly message: string; readonly stderrTail: string | null } | null;
}
