import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentProvider, ProcessIdentity, ProviderEvent, Turn } from '../../agents/provider.ts';
import { messageOf } from '../../errors.ts';
import { addUsage, type Usage } from '../../usage.ts';
import type { Completion } from './prompted.ts';

/** Runs a provider once; given by the composition root, which knows the children's environment and the one runner of processes. */
export type RunProvider = (
  provider: AgentProvider,
  turn: Turn,
  options: {
    readonly signal: AbortSignal;
    /** Added to the child's environment. */
    readonly variables: Readonly<Record<string, string>>;
    /** Called before the prompt is written. */
    started(process: ProcessIdentity): void;
  },
) => AsyncIterable<ProviderEvent>;

/** What a provider's events come to: its last answer (else the text it said), or its failure. Never throws. */
export async function collect(events: AsyncIterable<ProviderEvent>): Promise<Completion> {
  let said = '';
  let answer: string | null = null;
  let usage: Usage | null = null;
  let failure: Extract<ProviderEvent, { readonly type: 'failure' }> | null = null;
  try {
    for await (const event of events) {
      if (event.type === 'text') said += event.text;
      if (event.type === 'answer') answer = event.text;
      if (event.type === 'failure') failure = event;
      if (event.type === 'usage') usage = addUsage(usage, usageOf(event));
    }
  } catch (error) {
    return { type: 'failure', reason: 'crashed', message: messageOf(error), usage };
  }
  if (failure !== null) return { type: 'failure', reason: failure.reason, message: failure.message, usage };
  return { type: 'text', text: answer ?? said, usage };
}

function usageOf(event: Extract<ProviderEvent, { readonly type: 'usage' }>): Usage {
  const { inputTokens, outputTokens, cachedTokens, costUsd } = event;
  return { inputTokens, outputTokens, cachedTokens: cachedTokens ?? 0, costUsd: costUsd ?? null };
}

/** Makes sure that the directory a mind runs in is there and holds nothing: what an earlier call left is removed. */
export async function emptyDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const left = await readdir(directory);
  await Promise.all(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}
