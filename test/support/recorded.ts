import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './project-agents.ts';

/** How a genuine CLI ended in one recorded case. */
export interface RecordedCase {
  readonly case: string;
  readonly exit: number | null;
  /** The signal that ended it, where one did. */
  readonly signal: string | null;
  /** It went on for ever, and the recording was broken off. */
  readonly stopped: boolean;
  readonly stderr: string | null;
  /** Its standard output; null when it printed nothing. */
  readonly file: string | null;
}

const fixtures = new URL('../fixtures/providers/', import.meta.url).pathname;

/** The names of all cases that were recorded from a CLI. */
export function recordedCases(cli: string): string[] {
  const cases: readonly RecordedCase[] = JSON.parse(readFileSync(join(fixtures, cli, 'cases.json'), 'utf8'));
  return cases.map((one) => one.case);
}

/** One case recorded from a genuine CLI: `test/fixtures/providers/<cli>/cases.json` and the streams beside it. */
export function recordedCase(cli: string, name: string): RecordedCase {
  const cases: readonly RecordedCase[] = JSON.parse(readFileSync(join(fixtures, cli, 'cases.json'), 'utf8'));
  const found = cases.find((one) => one.case === name);
  if (found === undefined) throw new Error(`There is no recorded case ${name} of ${cli}.`);
  return found;
}

export function recordedStream(cli: string, { file }: RecordedCase): string {
  return file === null ? '' : readFileSync(join(fixtures, cli, file), 'utf8');
}

/**
 * A program that does what the genuine CLI did: reads its input, prints the recorded stream, and ends in the recorded way, or hangs where
 * that was broken off. Returns the directory to put on the PATH.
 */
export function replayBinary(cli: string, binary: string, recorded: RecordedCase): string {
  const directory = temporaryDirectory();
  const lines = [
    '#!/bin/sh',
    'cat > /dev/null',
    recorded.file === null ? '' : `cat '${join(fixtures, cli, recorded.file)}'`,
    recorded.stderr === null ? '' : `cat '${join(directory, 'stderr')}' >&2`,
    endingOf(recorded),
  ];
  writeFileSync(join(directory, 'stderr'), recorded.stderr ?? '');
  writeFileSync(join(directory, binary), `${lines.join('\n')}\n`);
  chmodSync(join(directory, binary), 0o755);
  return directory;
}

function endingOf({ exit, signal, stopped }: RecordedCase): string {
  if (stopped) return 'exec sleep 1000';
  return signal?.startsWith('SIG') ? `kill -${signal.slice(3)} $$` : `exit ${exit ?? 1}`;
}
