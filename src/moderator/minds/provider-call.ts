import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agents, MindRun } from '../../agents/agents.ts';
import { createCollector } from '../../agents/collect.ts';
import type { AgentProvider, Turn } from '../../agents/provider.ts';
import { messageOf } from '../../errors.ts';
import type { Completion } from './prompted.ts';

/** Runs a provider once, without an agent and a session. */
export type RunProvider = Agents['run'];

/** A decision is far below this; what a mind prints beyond it is no decision. */
const limits = { characters: 2 * 1024 * 1024, sources: 0, notices: 0 };

/** What a provider's events come to: its last answer (else the text it said), or its failure. Never throws. */
export async function complete(
  provider: AgentProvider,
  turn: Turn,
  run: RunProvider,
  given: MindRun,
): Promise<Completion> {
  const collector = createCollector(provider.capabilities.cumulativeUsage, limits);
  try {
    given.started(null);
    for await (const event of run(provider, turn, given)) collector.see(event);
  } catch (error) {
    return { type: 'failure', reason: 'crashed', message: messageOf(error), usage: collector.collected().usage };
  }
  const { failure, text, usage } = collector.collected();
  if (failure !== null) {
    const { reason, message, empty } = failure;
    return { type: 'failure', reason, message, usage, ...(empty ? { empty } : {}) };
  }
  return { type: 'text', text: text.head, usage };
}

/** Makes sure that the directory a mind runs in is there and holds nothing: what an earlier call left is removed. */
export async function emptyDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const left = await readdir(directory);
  await Promise.all(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}
