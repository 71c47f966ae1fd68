/** The contract of a provider: what does an agent's work. Batch CLIs are two pure functions; `commandLine` makes a provider of them. */

/** What a run may do. `none` is for minds: no tools at all. */
export type Access = 'none' | 'read' | 'edit' | 'full' | 'ask';

export type FailureReason =
  | 'not-installed'
  | 'not-signed-in'
  | 'rate-limited'
  | 'quota'
  /** Our own bound in money or tokens, not the provider's. */
  | 'budget'
  | 'context-full'
  | 'unknown-session'
  | 'silent'
  | 'timed-out'
  | 'cancelled'
  | 'denied'
  | 'wrong-mode'
  | 'crashed';

export interface Capabilities {
  /** A session can be continued: nowhere, only in the directory it began in, or anywhere. */
  readonly resume: 'no' | 'same-directory' | 'anywhere';
  readonly images: boolean;
  /** Reports money. */
  readonly cost: boolean;
  /** `enforced`: the provider itself cannot write at `read`. `advisory`: it is only told. */
  readonly readOnly: 'enforced' | 'advisory';
  /** A run's last `usage` is the sum over its whole session; else the `usage` events of a run add up to its usage. */
  readonly cumulativeUsage: boolean;
  /** No model is involved: its replies are extracts. */
  readonly extractive: boolean;
  /** Can serve as the moderator's mind (access `none`). */
  readonly mind: boolean;
}

export interface ProviderStatus {
  readonly installed: boolean;
  readonly version: string | null;
  /** Absolute path of the binary, where there is one. */
  readonly path: string | null;
  readonly signedIn: 'yes' | 'no' | 'unknown';
  /** A sentence for `doctor`: what is wrong and what to do, or null. */
  readonly hint: string | null;
}

export interface TurnAttachment {
  readonly path: string;
  readonly type: string;
  /** Base64, where the CLI takes images within its input (`inlineImages`) and this is one. */
  readonly data?: string;
}

/** Everything one provider run is told. */
export interface Turn {
  readonly prompt: string;
  readonly access: Access;
  /** Absolute; the process's working directory. */
  readonly directory: string;
  /** The provider's own id of the session to continue, or null for a fresh one. */
  readonly resume: string | null;
  /** A UUID of ours for a fresh session; equals `resume` when one is continued. */
  readonly session: string;
  readonly model: string | null;
  /** The agent's own extra arguments. */
  readonly args: readonly string[];
  /** argv of a `command` agent. */
  readonly command: readonly string[] | null;
  readonly attachments: readonly TurnAttachment[];
  /** US dollars left for this run, handed down where the CLI has such a limit. */
  readonly budgetUsd: number | null;
  /** JSON schema that the answer must fit (minds), for CLIs that have a flag for it. */
  readonly schema: object | null;
  readonly agent: string;
  readonly conversation: string;
  /** Our turn's id and our ask's id. */
  readonly turnId: string;
  readonly askId: string;
}

/** How to start a batch CLI once. The prompt always goes through stdin, which is then closed. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What asks it to end by itself: SIGTERM, or SIGINT where that lets it say what it has so far. */
  readonly stopSignal?: 'SIGINT' | 'SIGTERM';
}

export type ProviderEvent =
  | { readonly type: 'session'; readonly id: string; readonly mode?: string }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly id: string;
      readonly phase: 'start' | 'end';
      readonly name: string;
      readonly detail?: string;
    }
  | {
      readonly type: 'retry';
      readonly attempt: number;
      readonly maxAttempts: number | null;
      readonly waitMs: number | null;
      readonly message: string;
      /** What it failed with, where the CLI says: what the run ends with when the retrying is given up. */
      readonly reason?: FailureReason;
    }
  | {
      readonly type: 'usage';
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly cachedTokens?: number;
      readonly costUsd?: number;
    }
  /** The whole reply; the last one counts. */
  | { readonly type: 'answer'; readonly text: string }
  /** Something a person should know beside the reply: a tool that was not allowed, a line that was passed over. */
  | { readonly type: 'notice'; readonly message: string }
  /** What was written between the signal that ended the process and its end. */
  | { readonly type: 'late'; readonly text: string }
  /** Files and lines that the provider itself looked up (search passages): they count as named by the agent. */
  | {
      readonly type: 'source';
      readonly path: string;
      readonly line: number;
      readonly endLine: number;
      readonly excerpt: string;
    }
  | {
      readonly type: 'failure';
      readonly reason: FailureReason;
      readonly message: string;
      readonly retryAfterMs?: number;
      /** The run ended well, but said nothing: worth another try where the words of an answer decide. */
      readonly empty?: true;
    };

/** How a process ended, for `diagnose`: only asked when no terminal event said so. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Identity of a process that survives pid reuse. `startTime` is the kernel's own, `boot` the boot's id. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly group: number;
  readonly startTime: string;
  readonly boot: string;
}

export interface SearchHit {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** The definition or heading it belongs to; empty where there is none. */
  readonly title: string;
  readonly score: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Comparable over projects: 0 … 1, how well the best hits fit the question. */
  readonly confidence: number;
  /** Where nothing fits: the nearest files. */
  readonly nearest: readonly string[];
  readonly files: number;
}

/** What the outside gives to one run. */
export interface Run {
  readonly signal: AbortSignal;
  /** The children's environment, already cleaned, with the agent's own `env` and the TUTTI_* variables. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Starts a process in `turn.directory` and yields its stdout; never throws for bad output. Ends with exactly one `exit`, after which
   * nothing of the process's tree runs any more. `stop` ends it early, as leaving the loop does; `run.signal` counts always.
   */
  spawn(invocation: Invocation, stop?: AbortSignal): AsyncIterable<ProcessOutput>;
  search(directory: string, question: string): Promise<SearchResult>;
}

export type ProcessOutput =
  /** Whole lines without their ends, in batches as they came. `late`: written after the signal that ended the process. */
  | { readonly type: 'lines'; readonly lines: readonly string[]; readonly late: boolean }
  /** A line too long to be held, with its beginning and its end. */
  | {
      readonly type: 'cut';
      readonly head: string;
      readonly tail: string;
      readonly characters: number;
      readonly late: boolean;
    }
  | {
      readonly type: 'exit';
      readonly exit: ProcessExit;
      /** Why it could not be started, or was ended; null when it ended by itself. */
      readonly failure: { readonly reason: FailureReason; readonly message: string } | null;
    };

export interface AgentProvider {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Installed, version, signed in: never a model call. `environment` is the children's. */
  status(environment: Readonly<Record<string, string>>): Promise<ProviderStatus>;
  ask(turn: Turn, run: Run): AsyncIterable<ProviderEvent>;
  /** Flags in an agent's own `args` that would widen its access; refused unless `access: full`. */
  readonly bypassFlags: readonly string[];
  /** For people: "Run `codex login` on this machine". */
  readonly signInHint?: string;
  /** For people: "Install it with `npm install -g @openai/codex`". */
  readonly installHint?: string;
}

/** An invocation of the CLI that a description is of. */
export interface SpecInvocation extends Omit<Invocation, 'file'> {
  /** What the CLI takes only as files, by the words that stand for their paths among the arguments. They live as long as the run. */
  readonly written?: Readonly<Record<string, string>>;
}

/** Reads the lines of one run in their order. Pure but for what it remembers of these lines: some CLIs print a reply in pieces, or only repeat at the end that it was the reply. */
export interface LineReader {
  /** Never throws; a line that is no event is no event. */
  parse(line: string): readonly ProviderEvent[];
  /** Asked only when no terminal event (answer, failure) came. */
  diagnose?(exit: ProcessExit): { readonly reason: FailureReason; readonly message: string } | null;
}

/** How to learn without a model call whether somebody is signed in: by a question to the CLI, or, where it answers none, by the files in which it keeps that. */
export type SignIn = (
  | {
      readonly args: readonly string[];
      /** Below the home directory: what else bears on it. */
      readonly files?: readonly string[];
      read(
        exit: ProcessExit,
        stdout: string,
        contents: Readonly<Record<string, string | null>>,
      ): 'yes' | 'no' | 'unknown';
    }
  | {
      readonly args?: never;
      /** Below the home directory. */
      readonly files: readonly string[];
      /** `contents` has null for a file that is not there. */
      judge(
        environment: Readonly<Record<string, string>>,
        contents: Readonly<Record<string, string | null>>,
      ): 'yes' | 'no' | 'unknown';
    }
) & {
  /** What to do when not, e.g. "Run `codex login` on this machine". */
  readonly hint: string;
};

/** A batch CLI as a value: build arguments, read lines. Both pure, both tested on recorded streams; `command-line.ts` makes a provider of it. */
export interface CommandLineSpec {
  readonly name: string;
  readonly binary: string;
  readonly capabilities: Capabilities;
  readonly bypassFlags: readonly string[];
  /** Versions it was tested with: from (inclusive), below (exclusive). */
  readonly tested: { readonly from: string; readonly below: string } | null;
  /** Arguments of what must be asked of the CLI itself, without a model call, before it can be invoked; null where nothing must. */
  inquiry?(turn: Turn): readonly string[] | null;
  /**
   * The complete argv of `turn.access`; `environment` is what the child will get, for CLIs whose permissions are merged over the user's
   * own variable. `inquired` is what the inquiry printed.
   */
  invoke(turn: Turn, environment: Readonly<Record<string, string>>, inquired: string): SpecInvocation;
  /** A fresh one for every run. */
  reader(turn: Turn): LineReader;
  /** The modes that the first event may report at this access; null where the CLI reports none. Any other mode: the run is killed, `wrong-mode`. */
  expectedModes?(access: Access): readonly string[] | null;
  readonly stopSignal?: 'SIGINT' | 'SIGTERM';
  /** Images of these types stand in its input, so their content is read for `invoke`; other files are only named. */
  readonly inlineImages?: readonly string[];
  /** For people: "Install it with `npm install -g @openai/codex`". */
  readonly installHint?: string;
  /** How to learn without a model call whether somebody is signed in. */
  readonly signIn?: SignIn;
}
