import { expect, test } from 'vitest';
import type { Decision, MindFailure } from '../../src/moderator/moderator.ts';
import { safeDecision } from '../../src/moderator/safe-decision.ts';

const safe = (text: string) => text.replaceAll('SECRET', '*');

test.each<Decision | MindFailure>([
  { next: 'ask', reason: 'SECRET', asks: [{ agent: 'api', prompt: 'SECRET', after: [], final: false }] },
  {
    next: 'answer',
    markdown: 'SECRET',
    disagreements: [{ topic: 'SECRET', positions: [{ agent: 'SECRET', claim: 'SECRET' }] }],
    unanswered: ['SECRET'],
  },
  { next: 'clarify', question: 'SECRET' },
  { next: 'failed', reason: 'crashed', message: 'SECRET' },
])('every text of $next is made safe, and nothing else changes', (decision) => {
  expect(JSON.stringify(safeDecision(decision, safe))).toBe(JSON.stringify(decision).replaceAll('SECRET', '*'));
});

test('what the mind is told in a repair stays as it printed it', () => {
  const repair = { problems: ['p'], previous: 'SECRET' };
  const failure: MindFailure = { next: 'failed', reason: 'malformed', message: 'm', repair };
  expect(safeDecision(failure, safe).repair).toBe(repair);
});
