import { expect, test } from 'vitest';
import { countWrites, expectOneAnswer, type KillScript } from '../support/kill-scene.ts';

/** The direct path: the shortest way that has every step of the ledger. Longer ones are killed in the suites. */
const direct: KillScript = {
  agents: ['api'],
  script: { otherwise: { answer: 'It is in src/main.ts:3.' } },
  question: ['ask', '@api where is it?'],
  replies: 1,
  answer: 'It is in [1].',
};

test('whatever write the program is killed at, the question is answered exactly once', {
  timeout: 300_000,
}, async () => {
  const writes = await countWrites(direct);
  expect(writes).toBeGreaterThan(8);
  for (let number = 1; number <= writes; number += 1) await expectOneAnswer(direct, `after:${number}`);
});
