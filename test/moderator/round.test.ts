import { expect, test } from 'vitest';
import type { RecordedProgress, Round } from '../../src/moderator/moderator.ts';
import { type RoundContext, runRound } from '../../src/moderator/round.ts';
import {
  answeredOutcome,
  answering,
  createTestPort,
  newDirectory,
  newQuestion,
  script,
  type TestPort,
} from '../support/moderated.ts';

type Planned = RecordedProgress['asks'][number];

function planned(agent: string, after: readonly string[] = []): Planned {
  return { id: `id-${agent}`, agent, prompt: `Ask ${agent}`, access: 'read', after, final: false, outcome: null };
}

function contextOf(port: TestPort, changes: Partial<RoundContext> = {}): RoundContext {
  let words = 0;
  return {
    question: newQuestion(['a', 'b', 'c']),
    port,
    carried: [],
    own: [],
    bound: () => null,
    ended: () => undefined,
    random: () => `word${++words}`,
    ...changes,
  };
}

function planOf(...asks: readonly Planned[]) {
  return { number: 1, reason: null, asks };
}

function statuses(round: Round) {
  return round.asks.map((ask) => `${ask.agent} ${ask.outcome.result.status}`);
}

/** Agents that each wait until all of the others run as well: they only end when they are asked at once. */
function meeting(names: readonly string[]): TestPort {
  const directory = newDirectory();
  const agents = names.map((name) => [
    name,
    script(
      directory,
      name,
      `writeFileSync('${directory}/${name}.here', '');
const others = ${JSON.stringify(names)};
while (!others.every((other) => existsSync('${directory}/' + other + '.here'))) await new Promise((done) => setTimeout(done, 5));
console.log('met');`,
    ),
  ]);
  return createTestPort({ agents: Object.fromEntries(agents) });
}

test('asks run at the same time', async () => {
  const port = meeting(['a', 'b', 'c']);
  const round = await runRound(planOf(planned('a'), planned('b'), planned('c')), contextOf(port));
  expect(statuses(round)).toEqual(['a answered', 'b answered', 'c answered']);
  expect(port.mostAtOnce()).toBe(3);
});

test('one that waits is asked afterwards, with the other answers verbatim and fenced', async () => {
  const port = answering({ a: 'A says\n\n  exactly `this`  .', b: 'B too', c: 'C' });
  await runRound(planOf(planned('c', ['a', 'b']), planned('a'), planned('b')), contextOf(port));
  const last = port.prompts.at(-1);
  expect(last?.agent).toBe('c');
  expect(last?.prompt).toMatch(/<<<(word\d) what the agent a answered\nA says\n\n {2}exactly `this` {2}\.\n\1>>>/);
  expect(last?.prompt).toContain('what the agent b answered\nB too');
  expect(port.prompts[0]?.prompt).not.toContain('answered');
});

test('waiting goes through several agents', async () => {
  const port = answering({ a: 'A', b: 'B', c: 'C' });
  await runRound(planOf(planned('c', ['b']), planned('b', ['a']), planned('a')), contextOf(port));
  expect(port.prompts.map(({ agent }) => agent)).toEqual(['a', 'b', 'c']);
  expect(port.events.filter(({ type }) => type === 'ask_start')).toMatchObject([
    { agent: 'a', waitsFor: [] },
    { agent: 'b', waitsFor: ['a'] },
    { agent: 'c', waitsFor: ['b'] },
  ]);
});

test('one whose waiting is in vain is not started, and that is reported; so are those that wait for it', async () => {
  const directory = newDirectory();
  const agents = {
    a: script(directory, 'a', 'process.exit(2);'),
    b: [],
    c: [],
    d: script(directory, 'd', 'console.log(1);'),
  };
  const port = createTestPort({ agents });
  const round = await runRound(
    planOf(planned('a'), planned('b', ['a']), planned('c', ['b']), planned('d')),
    contextOf(port),
  );
  expect(statuses(round)).toEqual(['a failed', 'b skipped', 'c skipped', 'd answered']);
  expect(port.prompts.map(({ agent }) => agent).toSorted()).toEqual(['a', 'd']);
  expect(round.asks[1]?.outcome.result.failure?.message).toBe('not asked, because a gave no answer to build on');
  expect(port.events.filter(({ type }) => type === 'ask_end')).toMatchObject([{}, {}, {}, {}]);
});

test('a repeated ask is given the answer of an earlier round that it waits for', async () => {
  const ask = { ...planned('a'), outcome: answeredOutcome(planned('a'), 'A of before') };
  const port = answering({ b: 'B' });
  await runRound(planOf(planned('b', ['a'])), contextOf(port, { carried: [{ number: 1, reason: null, asks: [ask] }] }));
  expect(port.prompts[0]?.prompt).toContain('what the agent a answered\nA of before');
});

test('one after another where that was asked for, a failure in between notwithstanding', async () => {
  const directory = newDirectory();
  const agents = {
    a: script(directory, 'a', `console.log('A');`),
    b: script(directory, 'b', 'process.exit(1);'),
    c: script(directory, 'c', `console.log('C');`),
  };
  const port = createTestPort({ agents });
  const question = newQuestion(['a', 'b', 'c'], { sequential: true });
  const round = await runRound(planOf(planned('a', ['c']), planned('b'), planned('c')), contextOf(port, { question }));
  expect(port.prompts.map(({ agent }) => agent)).toEqual(['c', 'a', 'b']);
  expect(port.mostAtOnce()).toBe(1);
  expect(statuses(round)).toEqual(['a answered', 'b failed', 'c answered']);
});

test('what is recorded is not asked again, and still serves those that wait for it', async () => {
  const recorded = { ...planned('a'), outcome: answeredOutcome(planned('a'), 'A, recorded') };
  const port = answering({ b: 'B' });
  const ended: string[] = [];
  const context = contextOf(port, { ended: (ask) => ended.push(ask.agent) });
  const round = await runRound(planOf(recorded, planned('b', ['a'])), context);
  expect(port.prompts.map(({ agent }) => agent)).toEqual(['b']);
  expect(port.prompts[0]?.prompt).toContain('A, recorded');
  expect(statuses(round)).toEqual(['a answered', 'b answered']);
  expect(ended).toEqual(['a', 'b']);
});

test('a bound that is reached meanwhile keeps what still waits from being started', async () => {
  const port = answering({ a: 'A', b: 'B' });
  const bound = () => (port.prompts.length > 0 ? 'the budget is used up' : null);
  const round = await runRound(planOf(planned('a'), planned('b', ['a'])), contextOf(port, { bound }));
  expect(statuses(round)).toEqual(['a answered', 'b skipped']);
  expect(round.asks[1]?.outcome.result.failure?.message).toBe('not asked: the budget is used up');
});

test('once stopped, nothing further is started', async () => {
  const stop = new AbortController();
  const port = answering({ a: 'A', b: 'B' }, { signal: stop.signal });
  const ended = () => stop.abort();
  const round = await runRound(planOf(planned('a'), planned('b', ['a'])), contextOf(port, { ended }));
  expect(statuses(round)).toEqual(['a answered', 'b stopped']);
});

test('when the port gives up, the other asks are waited for before it is passed on', async () => {
  const port = answering({ a: 'A', b: 'B' });
  let finished = false;
  const context = contextOf({
    ...port,
    async ask(ask, number, prompt) {
      if (ask.agent === 'a') throw new Error('the ledger cannot be written');
      const outcome = await port.ask(ask, number, prompt);
      finished = true;
      return outcome;
    },
  });
  await expect(runRound(planOf(planned('a'), planned('b')), context)).rejects.toThrow('the ledger cannot be written');
  expect(finished).toBe(true);
});

test('an agent that a person asks directly is given what its session does not hold yet', async () => {
  const port = answering({ a: 'A' });
  const context = [
    { author: 'bob', text: 'Hello, a.', knownTo: ['a'] },
    { author: 'tutti', text: 'Hello, bob.', knownTo: ['a'] },
    { author: 'bob', text: 'And you, b?', knownTo: ['b'] },
  ];
  await runRound(planOf(planned('a')), contextOf(port, { question: newQuestion(['a'], { context, direct: 'a' }) }));
  expect(port.prompts[0]?.prompt).toContain('bob: And you, b?');
  expect(port.prompts[0]?.prompt).not.toContain('Hello');
});

test('an agent that the mind asks is given its prompt alone', async () => {
  const port = answering({ a: 'A' });
  const question = newQuestion(['a', 'b'], { context: [{ author: 'bob', text: 'Between you and me.' }] });
  await runRound(planOf(planned('a')), contextOf(port, { question }));
  expect(port.prompts[0]?.prompt).not.toContain('Between you and me.');
});
