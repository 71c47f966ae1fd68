import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import type { HistoryEntry } from '../../src/history/history.ts';
import { createScene, type Ended, printed, providersLeft, run, type Scene } from './program.ts';
import type { Script } from './scripted.ts';

const killAt = new URL('./kill-at.ts', import.meta.url).pathname;

/** A question that is asked, and how many replies it takes. */
export interface KillScript {
  readonly agents: readonly string[];
  readonly script: Script;
  readonly question: readonly string[];
  readonly replies: number;
  readonly answer: string;
}

/** How many writes to the store the question takes when nothing kills it. */
export async function countWrites(what: KillScript): Promise<number> {
  const scene = createScene(what);
  const count = join(scene.directory, 'count');
  writeFileSync(count, '0');
  const whole = await run(scene, [...what.question, '--json'], {
    node: ['--import', killAt],
    environment: { TUTTI_TEST_COUNT: count },
  });
  expect(printed(whole)).toMatchObject({ status: 'answered' });
  return Number(readFileSync(count, 'utf8'));
}

/** Kills the program at that write (`before:12`, `after:12`), lets the next one take up what is left, and looks whether all is as it must be. */
export async function expectOneAnswer(what: KillScript, kill: string): Promise<void> {
  const scene = createScene(what);
  const first = await run(scene, [...what.question, '--json'], {
    node: ['--import', killAt],
    environment: { TUTTI_TEST_KILL: kill },
  });
  try {
    await expectSettled(scene, what, [first]);
  } catch (error) {
    throw new Error(`killed ${kill}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** At most one question, answered exactly once; nobody asked twice but who was in flight; nothing running; nothing left to take up. */
export async function expectSettled(scene: Scene, what: KillScript, killed: readonly Ended[]): Promise<void> {
  const turns = printed(await run(scene, ['resume', '--json'])).turns as readonly TurnResult[];
  const history = printed(await run(scene, ['history', 'list', '--limit', '200', '--json']))
    .entries as readonly HistoryEntry[];
  const entries = (kind: HistoryEntry['kind']) => history.filter((entry) => entry.kind === kind);
  expect(entries('answer')).toHaveLength(entries('question').length);
  if (entries('question').length === 0) {
    // It was never accepted, so nothing was promised.
    expect(turns).toEqual([]);
    expect(killed.flatMap(answersOf)).toEqual([]);
    return;
  }
  expect(entries('question')).toHaveLength(1);
  // Shown once at least; more than once only where a kill left open whether it had been.
  const shown = [...killed.flatMap(answersOf), ...turns];
  expect(shown.length).toBeGreaterThan(0);
  for (const answer of shown) expect(answer).toMatchObject({ status: 'answered', answer: what.answer });
  expect(entries('reply')).toHaveLength(what.replies);
  // A process whose program died before it was recorded never got its prompt. Who was asked again was interrupted, and is marked so.
  const asked = scene
    .calls()
    .filter(({ event, agent, prompt }) => event === 'start' && agent !== 'tutti' && prompt !== '');
  const asks = [...Map.groupBy(asked, (call) => call.ask).values()];
  expect(asks).toHaveLength(what.replies);
  expect(asks.filter((starts) => starts.length > 1).length).toBeLessThanOrEqual(
    entries('reply').filter((entry) => entry.retried).length,
  );
  expect(providersLeft(scene.directory)).toEqual([]);
  expect(printed(await run(scene, ['resume', '--json'])).turns).toEqual([]);
}

/** What a process had printed when it was killed: an answer, or the turns of a `resume`. */
function answersOf(ended: Ended): readonly unknown[] {
  if (ended.stdout === '') return [];
  const object = printed(ended);
  return Array.isArray(object.turns) ? object.turns : [object];
}
