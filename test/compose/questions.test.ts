import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

test('a provider whose read-only is enforced is asked on shared surfaces by whoever may read', async () => {
  const access = [{ surface: 'slack', may: ['read'] }];
  const scene = createScene({
    agents: ['api'],
    agent: { provider: 'search', command: undefined },
    script: {},
    config: { access },
  });
  const surface = await createSurface(scene);
  expect((await surface.ask('@api where is main?')).exit).toBe(0);
});

test('what was spent before counts against a budget', async () => {
  const scene = createScene({ agents: ['api', 'web'], script: {}, config: { budgets: { day: { tokens: 1 } } } });
  const surface = await createSurface(scene);
  const { ledger, runtime } = surface.program;
  await surface.ask('@api hello', { surface: 'terminal' });
  const [turn] = ledger.conversation('terminal:C1:', 1);
  if (turn === undefined) throw new Error('no turn');
  const { turn: paid } = ledger.accept({ ...turn.message, id: 'paid', conversation: 'terminal:paid' });
  ledger.begin(paid.id);
  ledger.decided(paid.id, {
    number: 1,
    reason: null,
    asks: [{ id: 'a', agent: 'api', prompt: 'x', access: 'read', after: [], final: false }],
  });
  ledger.asking('a', null, 'read');
  const usage = { inputTokens: 5, outputTokens: 5, cachedTokens: 0, costUsd: null };
  const result = {
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
  } as const;
  ledger.answered('a', { result, directory: '/', sources: [] });
  const before = scene.calls().length;
  const part = await surface.ask('and all of you?', { surface: 'terminal', channel: 'C2' });
  expect(part.data).toMatchObject({ reason: expect.stringContaining('the budget for today') });
  expect(scene.calls()).toHaveLength(before);
  await runtime.stop(paid, 'test');
});
