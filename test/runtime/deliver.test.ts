import { expect, test } from 'vitest';
import type { OutboxPart } from '../../src/adapters/adapter.ts';
import { UserError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { createDelivery } from '../../src/runtime/deliver.ts';
import { createSteps } from '../../src/runtime/steps.ts';
import { messageOf } from '../support/surface.ts';

const message = messageOf('why?');
const part = (id: string): OutboxPart => ({
  id,
  turnId: 't',
  position: 0,
  kind: 'answer',
  markdown: id,
  footer: null,
  data: null,
  exit: 0,
  again: false,
});
const log = createLog({ level: 'silent', mask: (text) => text });

function outbox(post: (part: OutboxPart) => Promise<void>, signal = new AbortController().signal) {
  const steps: string[] = [];
  const delivery = createDelivery({
    ledger: {
      unsent: () => ['one', 'two'].map((id) => ({ part: part(id), state: 'pending' as const, message })),
      sending: (id) => void steps.push(`sending ${id}`),
      sent: (id, platformId) => void steps.push(`sent ${id} ${platformId}`),
    },
    adapters: new Map([
      [
        'slack',
        {
          reply: () => ({
            progress: () => {},
            post: (given: OutboxPart) => post(given).then(() => ({ platformId: 'p' })),
          }),
        },
      ],
    ]),
    steps: createSteps(),
    log,
    signal,
    retryDelaysMs: [1],
  });
  return { delivery, steps };
}

test('parts go in order, each marked before and after', async () => {
  const { delivery, steps } = outbox(async () => {});
  await delivery.deliver('t');
  expect(steps).toEqual(['sending one', 'sent one p', 'sending two', 'sent two p']);
});

test('an outage is waited out, and nothing overtakes', async () => {
  let failures = 3;
  const { delivery, steps } = outbox(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
  });
  await delivery.deliver('t');
  expect(steps).toEqual(['sending one', 'sent one p', 'sending two', 'sent two p']);
});

test('where the surface itself is gone, the rest is left for the next start', async () => {
  const { delivery, steps } = outbox(async () => {
    throw new UserError('output-closed', 'Nobody reads any more.');
  });
  await delivery.deliver('t');
  expect(steps).toEqual(['sending one']);
});

test('a program that ends does not wait for the platform', async () => {
  const controller = new AbortController();
  const { delivery, steps } = outbox(async () => {
    controller.abort();
    throw new Error('away');
  }, controller.signal);
  await delivery.deliver('t');
  expect(steps).toEqual(['sending one']);
});
