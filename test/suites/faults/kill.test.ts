import { expect, test } from 'vitest';
import { countWrites, expectOneAnswer, expectSettled, type KillScript } from '../../support/kill-scene.ts';
import { createScene, type Ended, start } from '../../support/program.ts';

const agents = ['api', 'web', 'worker'];
const asks = (names: readonly string[], prompt: string) => names.map((agent) => ({ agent, prompt }));
const answer = (decision: object) => JSON.stringify(decision);

/** Three agents, two rounds, an answer with a source. */
const rounds: KillScript = {
  agents,
  script: {
    agents: {
      tutti: [
        {
          when: { round: 0 },
          answer: answer({ next: 'ask', reason: 'all know', asks: asks(agents, 'what do you know?') }),
        },
        {
          when: { round: 1 },
          answer: answer({ next: 'ask', reason: 'a gap', asks: asks(['api', 'web'], 'and the rest?') }),
        },
        {
          when: { round: 2 },
          answer: answer({
            next: 'answer',
            markdown: 'It is so [api:src/main.ts:3].',
            disagreements: [],
            unanswered: [],
          }),
        },
      ],
    },
    otherwise: { delayMs: 20, answer: 'I know src/main.ts:3.' },
  },
  question: ['ask', 'what do you know?'],
  replies: 5,
  answer: 'It is so [1].',
};

/** Two at a time: the machine has two cores. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

test('killed at every write of three agents and two rounds', { timeout: 600_000 }, async () => {
  const writes = await countWrites(rounds);
  expect(writes).toBeGreaterThan(25);
  // After one write and before the next are the same to the ledger; what lies between is only work that is lost. Both are tried in turn.
  const kills = Array.from({ length: writes }, (_, index) => `${index % 2 === 0 ? 'after' : 'before'}:${index + 1}`);
  await inPairs(kills, (kill) => expectOneAnswer(rounds, kill));
});

test('killed 200 times at random', { timeout: 900_000 }, async () => {
  const seed = Number(process.env.TUTTI_TEST_SEED ?? Date.now());
  const random = randomFrom(seed);
  // Two kills a question: after the third, it is given up on purpose.
  await inPairs(
    Array.from({ length: 100 }, (_, index) => index),
    async (index) => {
      const scene = createScene(rounds);
      const ended = [await killed(start(scene, [...rounds.question, '--json']), 100 + random() * 1200)];
      if (ended[0]?.signal !== null) {
        ended.push(await killed(start(scene, ['resume', '--json']), 100 + random() * 1200));
      }
      try {
        await expectSettled(scene, rounds, ended);
      } catch (error) {
        throw new Error(
          `TUTTI_TEST_SEED=${seed}, question ${index}: ${error instanceof Error ? error.message : error}`,
          { cause: error },
        );
      }
    },
  );
});

async function killed(started: ReturnType<typeof start>, afterMs: number): Promise<Ended> {
  const timer = setTimeout(() => started.child.kill('SIGKILL'), afterMs);
  const ended = await started.ended;
  clearTimeout(timer);
  return ended;
}

/** A small generator, so that a run can be repeated by its seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
