import type { Decision, MindFailure } from './moderator.ts';

/**
 * A decision with every text in it made safe: it is shown, recorded, and handed to agents, and may hold whatever a reply talked the
 * mind into. What a repair tells the mind itself stays as it is.
 */
export function safeDecision<D extends Decision | MindFailure>(decision: D, safe: (text: string) => string): D;
export function safeDecision(decision: Decision | MindFailure, safe: (text: string) => string): Decision | MindFailure {
  switch (decision.next) {
    case 'ask':
      return {
        ...decision,
        reason: safe(decision.reason),
        asks: decision.asks.map((ask) => ({ ...ask, prompt: safe(ask.prompt) })),
      };
    case 'answer':
      return {
        ...decision,
        markdown: safe(decision.markdown),
        disagreements: decision.disagreements.map(({ topic, positions }) => ({
          topic: safe(topic),
          positions: positions.map(({ agent, claim }) => ({ agent: safe(agent), claim: safe(claim) })),
        })),
        unanswered: decision.unanswered.map(safe),
      };
    case 'clarify':
      return { ...decision, question: safe(decision.question) };
    case 'failed':
      return { ...decision, message: safe(decision.message) };
  }
}
