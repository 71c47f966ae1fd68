import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a scripted agent does in one call, in the order of these fields. Nothing of it: it ends with 0 and without a word. */
export interface ScriptStep {
  /** Only for calls that fit; `prompt` is a regular expression. */
  readonly when?: { readonly phase?: 'decide' | 'conclude'; readonly round?: number; readonly prompt?: string };
  readonly ignoreTerm?: boolean;
  /** Printed on SIGTERM, before it exits with 0. */
  readonly lastWords?: string;
  /** Processes that outlive it. */
  readonly children?: readonly ('silent' | 'holds-stdout' | 'own-session' | 'own-session-holds-stdout')[];
  readonly stderr?: string;
  readonly delayMs?: number;
  /** Files by path, relative to its directory. */
  readonly write?: Readonly<Record<string, string>>;
  /** A line printed at once. */
  readonly said?: string;
  /** Bytes in lines of 100. */
  readonly flood?: number;
  /** Bytes in one line. */
  readonly longLine?: number;
  /** 4 KB of every byte there is, NUL and broken UTF-8 too. */
  readonly garbage?: boolean;
  /** Printed byte by byte. */
  readonly splitUtf8?: string;
  /** For ever. */
  readonly hang?: boolean;
  /** `{prompt}` and `{TUTTI_SESSION}` (any TUTTI_ variable) are filled in. */
  readonly answer?: string;
  /** `path:line` references, appended to the answer. */
  readonly cite?: readonly string[];
  readonly signal?: NodeJS.Signals;
  readonly exit?: number;
}

export interface Script {
  /** Every call is appended here, as it starts and as it ends. */
  readonly log?: string;
  /** Characters of the prompt that are logged; 2000 when absent. */
  readonly logPrompt?: number;
  /** By TUTTI_AGENT (`tutti` is the mind): the first call takes the first step that fits, the last step repeats. */
  readonly agents?: Readonly<Record<string, readonly ScriptStep[]>>;
  readonly otherwise?: ScriptStep;
}

/** One line of the log. */
export interface LoggedCall {
  readonly event: 'start' | 'hang' | 'end';
  readonly at: number;
  readonly pid: number;
  readonly agent: string;
  readonly conversation: string | null;
  readonly session: string | null;
  readonly resumed: boolean;
  readonly turn: string | null;
  readonly access: string | null;
  readonly attachments: readonly string[];
  readonly ask: string | null;
  readonly phase: string | null;
  readonly round: number | null;
  readonly directory: string;
  readonly prompt: string;
}

const program = new URL('./scripted-agent.ts', import.meta.url).pathname;

/** Writes a script into `directory`, logging beside it; returns the argv of a `command` agent that follows it. */
export function scriptedCommand(directory: string, script: Script, name = 'script'): readonly string[] {
  const file = join(directory, `${name}.json`);
  writeFileSync(file, JSON.stringify({ log: join(directory, 'calls.jsonl'), ...script }));
  return [process.execPath, program, file];
}

/** What scripted agents logged in `directory` so far. A line that is being written is left out. */
export function loggedCalls(directory: string): readonly LoggedCall[] {
  const file = join(directory, 'calls.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}
