import { expect, test } from 'vitest';
import { createViews } from '../../src/runtime/views.ts';

test('follows what each agent of a turn is doing', () => {
  let now = 0;
  const views = createViews({ monotonic: () => now });
  expect(views.asks('t')).toBeNull();
  views.observe('t', { type: 'ask_start', round: 1, agent: 'api', access: 'read', waitsFor: [] });
  views.observe('t', { type: 'ask_start', round: 1, agent: 'web', access: 'read', waitsFor: ['api'] });
  now = 500;
  views.observe('t', { type: 'ask_progress', agent: 'api', activity: 'Read', tokens: null });
  expect(views.asks('t')).toEqual([
    { agent: 'api', status: 'asking', activity: 'Read', durationMs: 500 },
    { agent: 'web', status: 'asking', activity: 'waits for api', durationMs: 500 },
  ]);
  views.observe('t', {
    type: 'ask_end',
    round: 1,
    agent: 'api',
    status: 'answered',
    durationMs: 700,
    usage: null,
    text: 'x',
    failure: null,
  });
  now = 9000;
  expect(views.asks('t')?.[0]).toEqual({ agent: 'api', status: 'answered', activity: null, durationMs: 700 });
  views.forget('t');
  expect(views.asks('t')).toBeNull();
});
