import type { AskResult, InboundMessage, OutboxPart, TurnResult } from '../../../src/adapters/adapter.ts';
import type { AskOutcome, PlannedAsk } from '../../../src/ledger/ledger.ts';
import type { Usage } from '../../../src/usage.ts';

/** Plain data for tests of the ledger; each takes what a test wants to be different. */

export function messageWith(id: string, told: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id,
    at: '2026-01-01T00:00:00.000Z',
    place: { surface: 'terminal', channel: 'local', direct: true, private: true },
    conversation: 'terminal:one',
    addressed: 'direct',
    author: { id: 'U-alice', name: 'Alice', isBot: false, roles: [] },
    text: 'How are limits dealt with?',
    attachments: [],
    replyTo: { surface: 'terminal', data: { line: id } },
    ...told,
  };
}

export function commandWith(id: string, name = 'status'): InboundMessage {
  return messageWith(id, { text: `/${name}`, command: { name, subcommand: null, args: {} } });
}

export function askWith(id: string, told: Partial<PlannedAsk> = {}): PlannedAsk {
  return { id, agent: 'api', prompt: `Prompt of ${id}`, access: 'read', after: [], final: false, ...told };
}

export function usageOf(inputTokens: number, costUsd: number | null = null): Usage {
  return { inputTokens, outputTokens: 1, cachedTokens: 0, costUsd };
}

export function askResultWith(told: Partial<AskResult> = {}): AskResult {
  return {
    agent: 'api',
    prompt: 'Prompt',
    access: 'read',
    status: 'answered',
    text: 'It waits, see src/limits.ts:42.',
    truncated: false,
    sessionId: 'session-1',
    durationMs: 1200,
    usage: usageOf(100),
    failure: null,
    retried: false,
    late: null,
    ...told,
  };
}

export function outcomeWith(told: Partial<AskResult> = {}): AskOutcome {
  return {
    result: askResultWith(told),
    directory: '/projects/api',
    sources: [{ path: 'src/limits.ts', line: 42, endLine: 43, excerpt: 'wait();' }],
  };
}

export function resultWith(turnId: string, told: Partial<TurnResult> = {}): TurnResult {
  return {
    turnId,
    conversation: 'terminal:one',
    status: 'answered',
    reason: null,
    question: 'How are limits dealt with?',
    answer: 'Both wait.',
    partial: false,
    rounds: [],
    citations: [],
    disagreements: [],
    unanswered: [],
    usage: null,
    ...told,
  };
}

export function partWith(turnId: string, position = 0): Omit<OutboxPart, 'again'> {
  return {
    id: `${turnId}:${position}`,
    turnId,
    position,
    kind: 'answer',
    markdown: `Part ${position}`,
    footer: '1 agent',
    data: { some: ['data', position] },
    exit: 0,
  };
}

export const processIdentity = { pid: 4242, group: 4242, startTime: '123456', boot: 'a-boot' };
