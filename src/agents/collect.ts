import { addUsage, type Usage } from '../usage.ts';
import { createExcerpt, type Excerpt } from './excerpt.ts';
import type { ProviderEvent } from './provider.ts';

type Failure = Extract<ProviderEvent, { readonly type: 'failure' }>;
type Source = Omit<Extract<ProviderEvent, { readonly type: 'source' }>, 'type'>;

/** What the events of one run come to. */
export interface Collected {
  /** The last whole answer, else the text that was said. */
  readonly text: Excerpt;
  readonly late: Excerpt;
  readonly sessionId: string | null;
  /** As reported: of the run, or of the whole session where the provider's usage is cumulative. */
  readonly usage: Usage | null;
  readonly failure: Failure | null;
  readonly sources: readonly Source[];
  readonly notices: readonly string[];
  /** Whether the run said or did anything but fail. */
  readonly began: boolean;
}

export interface Collector {
  see(event: ProviderEvent): void;
  /** Whether a tool call is under way: then silence means work. */
  toolOpen(): boolean;
  collected(): Collected;
}

export interface CollectLimits {
  readonly characters: number;
  readonly sources: number;
  readonly notices: number;
}

/** Folds the events of a run, in bounded memory. */
export function createCollector(cumulativeUsage: boolean, limits: CollectLimits): Collector {
  const said = createExcerpt(limits.characters);
  const late = createExcerpt(limits.characters);
  let answer: Excerpt | null = null;
  let sessionId: string | null = null;
  let usage: Usage | null = null;
  let failure: Failure | null = null;
  let began = false;
  const sources: Source[] = [];
  const notices = new Set<string>();
  const tools = new Set<string>();

  function see(event: ProviderEvent): void {
    began ||= event.type === 'text' || event.type === 'tool' || event.type === 'answer';
    switch (event.type) {
      case 'session':
        sessionId = event.id;
        break;
      case 'text':
        said.add(event.text);
        break;
      case 'answer':
        answer = createExcerpt(limits.characters);
        answer.add(event.text);
        failure = null;
        break;
      case 'failure':
        failure = event;
        break;
      case 'tool':
        if (event.phase === 'start') tools.add(event.id);
        else tools.delete(event.id);
        break;
      case 'usage':
        usage = cumulativeUsage ? usageOf(event) : addUsage(usage, usageOf(event));
        break;
      case 'source': {
        const { path, line, endLine, excerpt } = event;
        if (sources.length < limits.sources) sources.push({ path, line, endLine, excerpt });
        break;
      }
      case 'notice':
        if (notices.size < limits.notices) notices.add(event.message);
        break;
      case 'late':
        late.add(event.text);
        break;
      case 'retry':
        break;
    }
  }

  return {
    see,
    toolOpen: () => tools.size > 0,
    collected: () => ({
      text: answer ?? said,
      late,
      sessionId,
      usage,
      failure,
      sources,
      notices: [...notices],
      began,
    }),
  };
}

function usageOf(event: Extract<ProviderEvent, { readonly type: 'usage' }>): Usage {
  const { inputTokens, outputTokens, cachedTokens, costUsd } = event;
  return { inputTokens, outputTokens, cachedTokens: cachedTokens ?? 0, costUsd: costUsd ?? null };
}

/**
 * What a run used, where the provider reports sums over its session: the difference to the sums before. Null where those are not known;
 * sums that went down belong to a session that was begun anew. Pure.
 */
export function usageSince(sums: Usage | null, before: Usage | null, isFresh: boolean): Usage | null {
  if (sums === null || (before === null && !isFresh)) return null;
  if (before === null || sums.inputTokens < before.inputTokens || sums.outputTokens < before.outputTokens) return sums;
  return {
    inputTokens: sums.inputTokens - before.inputTokens,
    outputTokens: sums.outputTokens - before.outputTokens,
    cachedTokens: Math.max(0, sums.cachedTokens - before.cachedTokens),
    costUsd: sums.costUsd === null ? null : Math.max(0, sums.costUsd - (before.costUsd ?? 0)),
  };
}
