import type { InboundMessage, TurnResult } from '../adapters/adapter.ts';
import type { HistoryKind, NewHistoryEntry } from '../history/history.ts';
import { addUsage, type Usage } from '../usage.ts';
import type { AskOutcome, RecordedAsk } from './ledger.ts';

/** What the history says of each step. The actor is the person for whom it was done. */

/** Somebody asked, or gave a command. */
export function acceptedEntry(message: InboundMessage, kind: 'question' | 'command'): NewHistoryEntry {
  return entry(message, kind, { summary: summaryOf(message.text), text: message.text });
}

/** A prompt went to an agent. */
export function askEntry(message: InboundMessage, ask: RecordedAsk): NewHistoryEntry {
  return entry(message, 'ask', {
    agent: ask.agent,
    summary: summaryOf(ask.prompt),
    text: ask.prompt,
    sessionId: ask.sessionId,
    retried: ask.retried,
  });
}

/** What came back from an agent, be it a failure. */
export function replyEntry(message: InboundMessage, ask: RecordedAsk, { result }: AskOutcome): NewHistoryEntry {
  const text = result.text ?? result.failure?.message ?? null;
  return entry(message, 'reply', {
    agent: ask.agent,
    summary: summaryOf(text ?? result.status),
    text,
    sessionId: result.sessionId ?? ask.sessionId,
    durationMs: result.durationMs,
    usage: result.usage,
    status: result.status,
    retried: ask.retried || result.retried,
  });
}

/** How a question ended. Its usage is what the replies do not account for, so that sums over the history are right. */
export function answerEntry(message: InboundMessage, result: TurnResult, durationMs: number | null): NewHistoryEntry {
  const asks = result.rounds.flatMap((round) => round.asks);
  const text = result.answer ?? result.reason;
  return entry(message, 'answer', {
    agents: [...new Set(asks.map((ask) => ask.agent))],
    summary: summaryOf(text ?? result.status),
    text,
    durationMs,
    usage: usageBeside(result.usage, addUsage(...asks.map((ask) => ask.usage))),
    status: result.status,
  });
}

/** The first line that says something, shortened to fit one. */
export function summaryOf(text: string): string {
  const line = text.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? text;
  const shown = line
    .replace(/^(?:\s|#+\s|>|-{3,}|[-*+]\s)+/, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .trim();
  const characters = Array.from(shown);
  return characters.length <= longestSummary ? shown : `${characters.slice(0, longestSummary - 1).join('')}…`;
}

const longestSummary = 120;

/** The whole without the parts; null when nothing is left, money null when what is left names none. */
function usageBeside(whole: Usage | null, parts: Usage | null): Usage | null {
  if (whole === null || parts === null) return whole;
  const left = (key: 'inputTokens' | 'outputTokens' | 'cachedTokens') => Math.max(0, whole[key] - parts[key]);
  const cost = (whole.costUsd ?? 0) - (parts.costUsd ?? 0);
  const usage = {
    inputTokens: left('inputTokens'),
    outputTokens: left('outputTokens'),
    cachedTokens: left('cachedTokens'),
    // Differences of sums of fractions: what is this small is no cost.
    costUsd: cost > 1e-9 ? cost : null,
  };
  return usage.inputTokens + usage.outputTokens + usage.cachedTokens === 0 && usage.costUsd === null ? null : usage;
}

function entry(
  message: InboundMessage,
  kind: HistoryKind,
  told: Partial<NewHistoryEntry> & { summary: string },
): NewHistoryEntry {
  return {
    kind,
    conversation: message.conversation,
    place: message.place,
    actor: message.author.name,
    actorId: message.author.id,
    agent: null,
    text: null,
    sessionId: null,
    durationMs: null,
    usage: null,
    status: null,
    retried: false,
    ...told,
  };
}
