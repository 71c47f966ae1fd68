import { expect, it } from 'vitest';
import { createLiveStatus } from '../../../src/adapters/terminal/live-status.ts';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { recorder } from '../../support/terminal-host.ts';

const decision = { type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api'] } as const;

it('shows the turn where somebody looks, and takes it away', () => {
  const { stream, text } = recorder({ isTTY: true, columns: 80 });
  const status = createLiveStatus(createOutput(stream), { color: false, clock: () => 0 });
  status.show(decision);
  expect(text()).toContain('asking api');
  status.clear();
  expect(text()).toMatch(/\x1b\[J$/u);
});

it('says only notices where nobody looks', () => {
  const { stream, text } = recorder();
  const status = createLiveStatus(createOutput(stream), { color: false, clock: () => 0 });
  status.show(decision);
  status.show({ type: 'notice', message: 'The disk is full.' });
  status.clear();
  expect(text()).toBe('The disk is full.\n');
});
