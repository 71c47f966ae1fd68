import { describe, expect, test } from 'vitest';
import { exitFailure } from '../../src/agents/exit-failure.ts';
import type { CommandLineSpec, ProviderEvent, Turn } from '../../src/agents/provider.ts';
import { testTurn } from '../contracts/provider.ts';
import { recordedCase, recordedCases, recordedStream } from './recorded.ts';

/** What a reader makes of a recorded case, in the least words. */
export interface Outcome {
  /** The answer, else `reason: message` of what went wrong, else `nothing` for a run that was broken off. */
  readonly end: string;
  /** `name: detail` of every tool call that began. */
  readonly tools?: readonly string[];
  /** `input/cached/output` tokens and the cost, of every report. */
  readonly usage?: readonly string[];
  /** `attempt/maximum reason` of every retry. */
  readonly retries?: readonly string[];
  readonly notices?: readonly string[];
}

/** Reads a recorded case to its end, as a provider would, without a process. */
export function readRecorded(spec: CommandLineSpec, name: string, turn: Partial<Turn> = {}) {
  const recorded = recordedCase(spec.name, name);
  const reader = spec.reader(testTurn(turn));
  const events = recordedStream(spec.name, recorded)
    .split('\n')
    .flatMap((line) => reader.parse(line));
  const { exit: code, signal, stopped } = recorded;
  const exit = { code, signal, stderr: recorded.stderr ?? '' };
  const isTerminal = (event: ProviderEvent) => event.type === 'answer' || event.type === 'failure';
  if (!stopped && !events.some(isTerminal)) {
    const said = events.some((event) => event.type === 'text');
    const problem = reader.diagnose?.(exit) ?? exitFailure(exit, said);
    if (problem !== null) events.push({ type: 'failure', ...problem });
  }
  return { events, session: events.find((event) => event.type === 'session')?.id ?? null, outcome: outcomeOf(events) };
}

/** Holds every recorded case of a CLI to its outcome; a case without one is missing from the table. */
export function describeRecorded(
  spec: CommandLineSpec,
  outcomes: readonly (readonly [readonly string[], Outcome])[],
): void {
  describe(`The recorded streams of ${spec.name}`, () => {
    const known = outcomes.flatMap(([names, outcome]) => names.map((name) => [name, outcome] as const));

    test('All of them are in the table', () => {
      expect(known.map(([name]) => name).sort()).toEqual(recordedCases(spec.name).sort());
    });

    test.each(known)('%s', (name, outcome) => {
      const resumed = /^(?:.*-)?resume/.test(name) ? { resume: 'an-id', session: 'an-id' } : {};
      expect(readRecorded(spec, name, resumed).outcome).toEqual(outcome);
    });
  });
}

function outcomeOf(events: readonly ProviderEvent[]): Outcome {
  const tools = events.flatMap((event) =>
    event.type === 'tool' && event.phase === 'start' ? [`${event.name}: ${event.detail ?? ''}`] : [],
  );
  const usage = events.flatMap((event) => (event.type === 'usage' ? [usageText(event)] : []));
  const retries = events.flatMap((event) =>
    event.type === 'retry' ? [`${event.attempt}/${event.maxAttempts ?? '?'} ${event.reason}`] : [],
  );
  const notices = events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
  return {
    end: endOf(events),
    ...(tools.length === 0 ? {} : { tools }),
    ...(usage.length === 0 ? {} : { usage }),
    ...(retries.length === 0 ? {} : { retries }),
    ...(notices.length === 0 ? {} : { notices }),
  };
}

function endOf(events: readonly ProviderEvent[]): string {
  const last = events.findLast((event) => event.type === 'answer' || event.type === 'failure');
  if (last === undefined) return 'nothing';
  return last.type === 'answer' ? last.text : `${last.reason}: ${last.message}`;
}

function usageText(event: Extract<ProviderEvent, { readonly type: 'usage' }>): string {
  const cost = event.costUsd === undefined ? '' : ` $${event.costUsd.toFixed(6)}`;
  return `${event.inputTokens}/${event.cachedTokens}/${event.outputTokens}${cost}`;
}
