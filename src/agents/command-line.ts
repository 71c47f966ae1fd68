import { withImages } from './attachments.ts';
import { findBinary } from './binary.ts';
import { exitFailure } from './exit-failure.ts';
import type {
  AgentProvider,
  CommandLineSpec,
  LineReader,
  ProcessOutput,
  ProviderEvent,
  ProviderStatus,
  Run,
  Turn,
} from './provider.ts';
import { createRetryBound } from './retry-bound.ts';
import { probe } from './run.ts';
import { signedIn } from './sign-in.ts';
import { parseVersion, versionBelow } from './version.ts';
import { writeFiles } from './written-files.ts';

export interface CommandLineOptions {
  /** Milliseconds a CLI may go on retrying without getting anywhere. */
  readonly retryMs?: number;
}

/**
 * Makes a provider of a batch CLI that is described as a value. Watches what the description cannot: the session that comes back is
 * the one that was asked for, the mode is the one that was asked for, retrying has an end, an ending without a word is a failure.
 */
export function commandLine(spec: CommandLineSpec, { retryMs = 120_000 }: CommandLineOptions = {}): AgentProvider {
  return {
    name: spec.name,
    capabilities: spec.capabilities,
    bypassFlags: spec.bypassFlags,
    ...(spec.installHint === undefined ? {} : { installHint: spec.installHint }),
    ...(spec.signIn === undefined ? {} : { signInHint: spec.signIn.hint }),
    status: (environment) => statusOf(spec, environment),
    ask: (turn, run) => ask(spec, turn, run, retryMs),
  };
}

type Failure = Extract<ProviderEvent, { readonly type: 'failure' }>;

async function* ask(spec: CommandLineSpec, asked: Turn, run: Run, retryMs: number): AsyncGenerator<ProviderEvent> {
  const turn = await withImages(asked, spec.inlineImages ?? []);
  const stop = new AbortController();
  const watch = createWatch(spec, turn, stop, retryMs);
  const invoked = spec.invoke(turn, run.environment, await inquire(spec, turn, run));
  const { args, remove } = await writeFiles(invoked.args, invoked.written ?? {});
  const stopSignal = invoked.stopSignal ?? spec.stopSignal;
  const invocation = { ...invoked, args, file: spec.binary, ...(stopSignal === undefined ? {} : { stopSignal }) };
  try {
    for await (const output of run.spawn(invocation, stop.signal)) {
      if (output.type === 'exit') yield* watch.exit(output);
      else yield* watch.output(output);
    }
  } finally {
    watch.close();
    await remove();
  }
}

/** What the CLI says about itself; empty where nothing is asked, and where it does not say. */
async function inquire(spec: CommandLineSpec, turn: Turn, run: Run): Promise<string> {
  const args = spec.inquiry?.(turn) ?? null;
  if (args === null) return '';
  const binary = findBinary(spec.binary, run.environment);
  return binary.found ? (await probe(binary.path, args, run.environment, { directory: turn.directory })).stdout : '';
}

/** Follows one run: hands on its events, and stops it where it went wrong. */
function createWatch(spec: CommandLineSpec, turn: Turn, stop: AbortController, retryMs: number) {
  const reader: LineReader = spec.reader(turn);
  const expected = spec.expectedModes?.(turn.access) ?? null;
  let verdict: Failure | null = null;
  let terminal = false;
  let said = false;

  function judge(failure: Failure): void {
    if (verdict !== null) return;
    verdict = failure;
    stop.abort('now');
  }

  const retries = createRetryBound(retryMs, (event) => {
    verdict ??= {
      type: 'failure',
      reason: event.reason ?? 'crashed',
      message: `${event.message}; given up after ${event.attempt} attempts`,
      ...(event.waitMs === null ? {} : { retryAfterMs: event.waitMs }),
    };
    stop.abort();
  });

  function check(event: ProviderEvent): void {
    if (event.type === 'session') {
      const problem = sessionProblem(event, turn, expected, spec.name);
      if (problem !== null) judge(problem);
    }
    retries.see(event);
    terminal ||= event.type === 'answer' || event.type === 'failure';
    said ||= event.type === 'text' && event.text.trim() !== '';
  }

  return {
    *output(output: Exclude<ProcessOutput, { readonly type: 'exit' }>): Iterable<ProviderEvent> {
      if (output.type === 'cut') {
        yield {
          type: 'notice',
          message: `A line of ${output.characters} characters was too long and was passed over.`,
        };
        return;
      }
      for (const line of output.lines) {
        for (const event of reader.parse(line)) {
          if (verdict !== null) return;
          if (output.late) yield* late(event);
          else {
            check(event);
            if (verdict === null) yield event;
          }
        }
      }
    },
    *exit(output: Extract<ProcessOutput, { readonly type: 'exit' }>): Iterable<ProviderEvent> {
      if (verdict !== null) yield verdict;
      else if (output.failure !== null) yield { type: 'failure', ...output.failure };
      else if (!terminal) {
        const problem = reader.diagnose?.(output.exit) ?? exitFailure(output.exit, said);
        if (problem !== null) yield { type: 'failure', ...problem };
      }
    },
    close: () => retries.clear(),
  };
}

/** What came after the signal still counts as usage and as a session, and for the rest is told apart. */
function* late(event: ProviderEvent): Iterable<ProviderEvent> {
  if (event.type === 'usage' || event.type === 'session') yield event;
  else if (event.type === 'text' || event.type === 'answer') yield { type: 'late', text: event.text };
}

function sessionProblem(
  event: Extract<ProviderEvent, { readonly type: 'session' }>,
  turn: Turn,
  expected: readonly string[] | null,
  name: string,
): Failure | null {
  if (expected !== null && event.mode !== undefined && !expected.includes(event.mode)) {
    const message = `${name} runs in the mode ${event.mode} where ${expected.join(' or ')} was asked for`;
    return { type: 'failure', reason: 'wrong-mode', message };
  }
  if (turn.resume === null || event.id === turn.resume) return null;
  const message = `${name} went on in another session than ${turn.resume}`;
  return { type: 'failure', reason: 'unknown-session', message };
}

async function statusOf(spec: CommandLineSpec, environment: Readonly<Record<string, string>>): Promise<ProviderStatus> {
  const binary = findBinary(spec.binary, environment);
  if (!binary.found) {
    const hint =
      binary.path === null
        ? sentence(`\`${spec.binary}\` is not on the PATH`, spec.installHint)
        : sentence(`${binary.path} may not be run`, `Make it executable: \`chmod +x ${binary.path}\``);
    return { installed: false, version: null, path: binary.path, signedIn: 'unknown', hint };
  }
  const [versionProbe, isSignedIn] = await Promise.all([
    probe(binary.path, ['--version'], environment),
    signedIn(spec.signIn, binary.path, environment),
  ]);
  const version = parseVersion(versionProbe.stdout) ?? parseVersion(versionProbe.stderr);
  const hints = [
    version === null ? `\`${spec.binary} --version\` names no version` : untested(spec, version),
    isSignedIn === 'no' ? sentence('Nobody is signed in', spec.signIn?.hint) : null,
  ].filter((hint) => hint !== null);
  const hint = hints.length === 0 ? null : hints.join(' ');
  return { installed: true, version, path: binary.path, signedIn: isSignedIn, hint };
}

function untested(spec: CommandLineSpec, version: string): string | null {
  const { tested } = spec;
  if (tested === null) return null;
  if (!versionBelow(version, tested.from) && versionBelow(version, tested.below)) return null;
  return `Version ${version} was not tried with this program; ${tested.from} up to below ${tested.below} were.`;
}

function sentence(first: string, second: string | undefined): string {
  return second === undefined ? `${first}.` : `${first}. ${second.replace(/\.$/, '')}.`;
}
