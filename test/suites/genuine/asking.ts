/** Asks a provider as the program does, with its genuine CLI, and says what came of it and what still runs. */
import { randomUUID } from 'node:crypto';
import { type Attempt, attempt } from '../../../src/agents/attempt.ts';
import { commandLine } from '../../../src/agents/command-line.ts';
import type { CommandLineSpec, ProcessIdentity, ProviderEvent, Turn } from '../../../src/agents/provider.ts';
import { createRunner } from '../../../src/agents/run.ts';
import { testTurn } from '../../contracts/provider.ts';
import { leftOf, newAskId, table } from '../../support/processes.ts';
import type { Setting } from './setting.ts';

export interface Asking extends Partial<Omit<Turn, 'prompt'>> {
  /** Over the setting's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly silenceMs?: number;
  readonly retryMs?: number;
  readonly started?: (process: ProcessIdentity) => void;
  readonly onEvent?: (event: ProviderEvent) => void;
}

export interface Asked {
  /** The answer, else the text that was said. */
  readonly text: string;
  /** `reason: message`; null when it answered. */
  readonly failure: string | null;
  readonly session: string | null;
  /** Of this run alone. */
  readonly used: Attempt['used'];
  /** As reported: of the run or of the session. */
  readonly sums: Attempt['usage'];
  readonly events: readonly ProviderEvent[];
  /** Processes that the run left behind. */
  readonly left: readonly ProcessIdentity[];
}

/** Nothing here takes this long, also on a machine that is busy with other tests. */
const timeoutMs = 90_000;

/** One run to its end. */
export async function ask(
  spec: CommandLineSpec,
  setting: Setting,
  prompt: string,
  asking: Asking = {},
): Promise<Asked> {
  const { environment = {}, signal, silenceMs = 60_000, retryMs = 20_000, started, onEvent, ...turn } = asking;
  const askId = newAskId();
  const events: ProviderEvent[] = [];
  const whole = testTurn({ session: randomUUID(), directory: setting.directory, ...turn, prompt, askId });
  const done = await attempt(
    commandLine(spec, { retryMs }),
    whole,
    {
      environment: { ...setting.environment, ...environment, TUTTI_ASK: askId },
      signal: signal ?? new AbortController().signal,
      timeoutMs,
      silenceMs,
      budget: { usd: null, tokens: null },
      sums: null,
      started: (process) => {
        if (process !== null) started?.(process);
      },
      onEvent(event) {
        events.push(event);
        onEvent?.(event);
      },
    },
    {
      runner: createRunner(table),
      search: async () => ({ hits: [], confidence: 0, nearest: [], files: 0 }),
    },
  );
  return {
    text: done.text.head,
    failure: done.failure === null ? null : `${done.failure.reason}: ${done.failure.message}`,
    session: done.sessionId,
    used: done.used,
    sums: done.usage,
    events,
    left: await leftOf(askId),
  };
}
