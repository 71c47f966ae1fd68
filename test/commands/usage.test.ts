import { expect, test } from 'vitest';
import type { AskResult } from '../../src/adapters/adapter.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

test('sums what was used by agent, person and day, and how far budgets are', async () => {
  const surface = await createSurface(
    createScene({ agents: ['api'], script: {}, config: { budgets: { day: { usd: 10, tokens: 5000 } } } }),
  );
  expect((await surface.ask('/usage', here)).data).toMatchObject({ total: null, agents: [], persons: [], days: [] });
  const { ledger } = surface.program;
  const { turnId } = await surface.say('@api hello', here);
  await surface.program.runtime.idle();
  const usage = { inputTokens: 900, outputTokens: 100, cachedTokens: 10, costUsd: 0.25 };
  recordReply(ledger, turnId, usage);
  const report = await surface.ask('/usage', here);
  expect(report.data).toMatchObject({
    total: usage,
    agents: [{ agent: 'api', usage }],
    persons: [{ person: 'alice', usage }],
    days: [{ usage }],
    budgets: [{ name: 'day', usd: 10, tokens: 5000, used: usage }],
  });
  expect(report.markdown).toContain('$0.25 of $10.00');
});

/** A scripted agent reports no usage, so one more reply is recorded as a CLI's would be. */
function recordReply(
  ledger: Awaited<ReturnType<typeof createSurface>>['program']['ledger'],
  like: string,
  usage: AskResult['usage'],
): void {
  const message = ledger.turn(like)?.message;
  if (message === undefined) throw new Error('no turn');
  const { turn } = ledger.accept({ ...message, id: 'another' });
  ledger.begin(turn.id);
  ledger.decided(turn.id, {
    number: 1,
    reason: null,
    asks: [{ id: 'ask-usage', agent: 'api', prompt: 'x', access: 'read', after: [], final: false }],
  });
  ledger.asking('ask-usage', null, 'read');
  const result: AskResult = {
    agent: 'api',
    prompt: 'x',
    access: 'read',
    status: 'answered',
    text: 'y',
    truncated: false,
    sessionId: null,
    durationMs: 1,
    usage,
    failure: null,
    retried: false,
    late: null,
  };
  ledger.answered('ask-usage', { result, directory: '/', sources: [] });
}
