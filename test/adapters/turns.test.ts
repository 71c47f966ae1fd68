import { expect, it } from 'vitest';
import type { OutboxPart, TurnEvent } from '../../src/adapters/adapter.ts';
import type { StatusView } from '../../src/adapters/turn-display.ts';
import { createTurns } from '../../src/adapters/turns.ts';

const part: OutboxPart = {
  ...{ id: 'p', turnId: 't', position: 0, kind: 'answer', markdown: '', footer: null, exit: 0, again: false },
  data: { status: 'answered' },
} as const;
const end = (agent: string): TurnEvent => ({
  ...{ type: 'ask_end', round: 1, agent, status: 'answered', durationMs: 5, usage: null, failure: null },
  text: `I am ${agent}`,
});

it('lets everybody speak in turn before the answer, and closes the status', async () => {
  const shown: StatusView[] = [];
  const said: string[] = [];
  const turns = createTurns<{ readonly id: string }>({
    status: () => ({ show: (view) => void shown.push(view) }),
    async voice(_, agent) {
      // The first to speak takes longer, and comes first all the same.
      if (agent === 'api') await new Promise((resolve) => setTimeout(resolve, 20));
      said.push(agent);
      if (agent === 'web') throw new Error('refused');
    },
    clock: () => 0,
  });
  const address = { id: '1' };
  turns.event(address, { type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api', 'web', 'docs'] });
  for (const agent of ['api', 'web', 'docs']) turns.event(address, end(agent));
  expect(turns.ids()).toEqual(['1']);
  expect(turns.has('1')).toBe(true);
  await turns.close(address, part);
  expect(said).toEqual(['api', 'web', 'docs']);
  expect(shown.at(-1)).toMatchObject({ closed: true, head: expect.stringMatching(/^answered/) });
  expect(turns.has('1')).toBe(false);
});
