import { expect, test } from 'vitest';
import type { RecordedProgress } from '../../src/moderator/moderator.ts';
import { createModerator } from '../../src/moderator/rounds.ts';
import {
  answeredOutcome,
  answering,
  createTestMind,
  createTestPort,
  failedOutcome,
  moderate,
  newDirectory,
  newQuestion,
  script,
  statuses,
} from '../support/moderated.ts';

const noMind = {
  mind: () => Promise.reject(new Error('No mind is needed here.')),
};

/** Prints the decision of the round it is asked in. */
function mindOf(...decisions: readonly object[]) {
  return createTestMind(
    `const decisions = ${JSON.stringify(decisions)}; print(decisions[Math.min(call, decisions.length) - 1]);`,
  );
}

const toAsk = (agents: readonly string[], more: object = {}) => ({
  next: 'ask',
  reason: 'they know',
  asks: agents.map((agent) => ({ agent, prompt: `What does ${agent} know?` })),
  ...more,
});
const toAnswer = (markdown: string) => ({ next: 'answer', markdown });

function phases(mind: ReturnType<typeof createTestMind>) {
  return mind.calls().map(({ phase, round }) => `${phase} ${round}`);
}

test('asks what the mind decides and answers what it concludes from the replies', async () => {
  const port = answering({ api: 'The api refreshes after 30 s.', web: 'The web refreshes after 60 s.' });
  const mind = mindOf(toAsk(['api', 'web']), toAnswer('After 30 or 60 seconds.'));
  const answer = await moderate(mind, newQuestion(['api', 'web', 'worker']), port);
  expect(answer).toMatchObject({
    status: 'answered',
    reason: null,
    partial: false,
    markdown: 'After 30 or 60 seconds.',
  });
  expect(answer.rounds).toMatchObject([
    {
      number: 1,
      reason: 'they know',
      asks: [{ agent: 'api', text: 'The api refreshes after 30 s.' }, { agent: 'web' }],
    },
  ]);
  expect(phases(mind)).toEqual(['decide 0', 'decide 1']);
  expect(mind.calls()[1]?.prompt).toContain('The web refreshes after 60 s.');
  expect(port.prompts.map(({ prompt }) => prompt.split('Request:\n')[1])).toEqual([
    'What does api know?',
    'What does web know?',
  ]);
  expect(port.decisions).toMatchObject([
    { number: 1, reason: 'they know', asks: [{ agent: 'api', access: 'read' }, { agent: 'web' }] },
  ]);
});

test('what happens is told as it happens', async () => {
  const port = answering({ api: 'yes' });
  await moderate(mindOf(toAsk(['api']), toAnswer('Yes.')), newQuestion(['api', 'web']), port);
  expect(port.events).toMatchObject([
    { type: 'decision', round: 1, next: 'ask', reason: 'they know', agents: ['api'] },
    { type: 'ask_start', round: 1, agent: 'api', access: 'read', waitsFor: [] },
    { type: 'ask_end', round: 1, agent: 'api', status: 'answered', text: 'yes' },
    { type: 'decision', round: 1, next: 'answer' },
    { type: 'citations', citations: [] },
  ]);
});

test('goes back for what is missing, and the new round carries its reason', async () => {
  const port = answering({ api: 'Ask web about the skew.', web: 'The skew is 5 s.' });
  const again = { next: 'ask', reason: 'api did not know the skew', asks: [{ agent: 'web', prompt: 'What skew?' }] };
  const answer = await moderate(mindOf(toAsk(['api']), again, toAnswer('5 s.')), newQuestion(['api', 'web']), port);
  expect(answer.rounds.map(({ number, reason }) => `${number} ${reason}`)).toEqual([
    '1 they know',
    '2 api did not know the skew',
  ]);
  expect(answer.status).toBe('answered');
});

test('the direct path asks one agent what the person wrote, without any mind', async () => {
  const port = answering({ api: 'Straight from the agent.' });
  const answer = await moderate(noMind, newQuestion(['api', 'web'], { direct: 'api', text: 'What is this?' }), port);
  expect(answer).toMatchObject({ status: 'answered', markdown: 'Straight from the agent.', mindUsage: null });
  expect(answer.rounds).toMatchObject([{ number: 1, reason: null, asks: [{ agent: 'api', prompt: 'What is this?' }] }]);
  expect(port.prompts[0]?.prompt.endsWith('Request:\nWhat is this?')).toBe(true);
});

test('a direct ask that fails fails the turn, with the agent and the reason', async () => {
  const directory = newDirectory();
  const port = createTestPort({ agents: { api: script(directory, 'api', 'process.exit(3);') } });
  const answer = await moderate(noMind, newQuestion(['api'], { direct: 'api' }), port);
  expect(answer).toMatchObject({ status: 'failed', markdown: null });
  expect(answer.reason).toMatch(/^api \(.*3/);
});

test('a direct ask that takes too long times the turn out', async () => {
  const directory = newDirectory();
  const agents = { api: script(directory, 'api', 'setInterval(() => {}, 1000);') };
  const port = createTestPort({ agents, askTimeoutMs: 300 });
  const answer = await moderate(noMind, newQuestion(['api'], { direct: 'api' }), port);
  expect(answer).toMatchObject({ status: 'timed-out', markdown: null });
});

test('a final reply is the answer, and no second call is made', async () => {
  const port = answering({ api: 'All there is to say.' });
  const mind = mindOf({ ...toAsk(['api']), asks: [{ agent: 'api', prompt: 'All?', final: true }] });
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'answered', markdown: 'All there is to say.' });
  expect(mind.calls()).toHaveLength(1);
});

test('a final reply that fails leaves the decision to the mind again', async () => {
  const directory = newDirectory();
  const agents = { api: script(directory, 'api', 'process.exit(1);') };
  const port = createTestPort({ agents });
  const mind = mindOf(
    { ...toAsk(['api']), asks: [{ agent: 'api', prompt: 'All?', final: true }] },
    toAnswer('Nobody knows.'),
  );
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer.status).toBe('answered');
  expect(answer.markdown).toMatch(/^Nobody knows\.\n\nWithout an answer: api \(/);
  expect(phases(mind)).toEqual(['decide 0', 'decide 1']);
});

test('a question back ends the turn', async () => {
  const port = answering({ api: 'x' });
  const answer = await moderate(
    mindOf({ next: 'clarify', question: 'Which environment?' }),
    newQuestion(['api', 'web']),
    port,
  );
  expect(answer).toMatchObject({ status: 'clarify', reason: null, markdown: 'Which environment?', rounds: [] });
});

test('at the limit of rounds the mind answers with what it has, and the answer is partial', async () => {
  const port = answering({ api: 'one', web: 'two' });
  const mind = createTestMind(`
    if (phase === 'conclude') print({ next: 'answer', markdown: 'As far as I know.', unanswered: ['the rest'] });
    else print({ next: 'ask', reason: 'more', asks: [{ agent: round === '0' ? 'api' : 'web', prompt: 'What ' + round + '?' }] });`);
  const answer = await moderate(mind, newQuestion(['api', 'web'], { maxRounds: 2 }), port);
  expect(answer).toMatchObject({
    status: 'partial',
    partial: true,
    reason: 'the limit of 2 rounds is reached',
    markdown: 'As far as I know.\n\nNot answered: the rest.',
    unanswered: ['the rest'],
  });
  expect(phases(mind)).toEqual(['decide 0', 'decide 1', 'conclude 2']);
});

test('at the limit of asks likewise', async () => {
  const port = answering({ api: 'one', web: 'two' });
  const mind = mindOf(toAsk(['api', 'web']), toAnswer('That is all.'));
  const answer = await moderate(mind, newQuestion(['api', 'web'], { maxAsks: 2 }), port);
  expect(answer).toMatchObject({ status: 'partial', reason: 'the limit of 2 asks is reached' });
  expect(phases(mind)).toEqual(['decide 0', 'conclude 1']);
});

test('more asks than are left are refused, and the mind may mend it once', async () => {
  const port = answering({ api: 'one', web: 'two' });
  const mind = mindOf(toAsk(['api', 'web']), toAsk(['web']), toAnswer('Two.'));
  const answer = await moderate(mind, newQuestion(['api', 'web'], { maxAsks: 1 }), port);
  expect(statuses(answer)).toEqual([['web:answered']]);
  expect(mind.calls()[1]?.prompt).toContain('only 1 are left');
});

test('when the time is used up, the mind concludes', async () => {
  let isLate = false;
  const port = answering({ api: 'one' }, { msToConclude: () => (isLate ? 0 : 60_000) });
  const mind = mindOf(toAsk(['api']), toAnswer('In time.'));
  const asking = moderate(mind, newQuestion(['api', 'web']), {
    ...port,
    ask: async (...args) => {
      isLate = true;
      return port.ask(...args);
    },
  });
  expect(await asking).toMatchObject({
    status: 'partial',
    reason: 'the time for this question is used up',
    markdown: 'In time.',
  });
  expect(phases(mind)).toEqual(['decide 0', 'conclude 1']);
});

test('a budget that is used up ends the rounds, and the mind concludes', async () => {
  const usage = { inputTokens: 900, outputTokens: 200, cachedTokens: 0, costUsd: null };
  const port = answering(
    { api: 'one' },
    {
      usage,
      bound: (used) =>
        (used?.inputTokens ?? 0) > 500 ? { reason: 'the budget of the day is used up', conclude: true } : null,
    },
  );
  const answer = await moderate(mindOf(toAsk(['api']), toAnswer('Enough.')), newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({
    status: 'partial',
    reason: 'the budget of the day is used up',
    markdown: 'Enough.',
    usage,
  });
});

test('a bound that is reached before anybody was asked fails the turn, without a mind', async () => {
  const bound = () => ({ reason: 'the budget of the day is used up', conclude: true });
  const port = answering({ api: 'one' }, { bound });
  const answer = await moderate(noMind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({
    status: 'failed',
    reason: 'the budget of the day is used up',
    markdown: null,
    rounds: [],
  });
});

test('on a full disk no mind is started any more: the replies stand for themselves', async () => {
  let isFull = false;
  const port = answering(
    { api: 'what api said' },
    { bound: () => (isFull ? { reason: 'the disk is full', conclude: false } : null) },
  );
  const mind = mindOf(toAsk(['api']), toAnswer('never'));
  const answer = await moderate(mind, newQuestion(['api', 'web']), {
    ...port,
    ask: async (...args) => {
      const outcome = await port.ask(...args);
      isFull = true;
      return outcome;
    },
  });
  expect(answer).toMatchObject({
    status: 'partial',
    reason: 'the disk is full',
    markdown: '## api\n\n> what api said',
  });
  expect(mind.calls()).toHaveLength(1);
});

test('a second malformed decision without replies fails the turn', async () => {
  const port = answering({ api: 'x' });
  const mind = createTestMind(`console.log('I would ask api.');`);
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'failed', markdown: null });
  expect(answer.reason).toMatch(/no valid decision/);
  expect(phases(mind)).toEqual(['decide 0', 'decide 0']);
});

test('a second malformed decision with replies leaves concluding, with one repair as well', async () => {
  const port = answering({ api: 'what api said' });
  const decisions = [toAsk(['api']), { next: 'nonsense' }, toAsk(['nobody']), toAsk(['web']), toAnswer('At last.')];
  const mind = mindOf(...decisions);
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'partial', partial: true, markdown: 'At last.' });
  expect(phases(mind)).toEqual(['decide 0', 'decide 1', 'decide 1', 'conclude 1', 'conclude 1']);
});

test('a mind that breaks leaves the replies under their agents, with the reason', async () => {
  const port = answering({ api: 'what api said', web: 'what web said' });
  const mind = createTestMind(
    `if (round === '0') print(${JSON.stringify(toAsk(['api', 'web']))}); else process.exit(9);`,
  );
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'partial', partial: true });
  expect(answer.reason).toMatch(/the moderator's model failed, command: .*9/);
  expect(answer.markdown).toBe('## api\n\n> what api said\n\n## web\n\n> what web said');
  expect(phases(mind)).toEqual(['decide 0', 'decide 1']);
});

test('a mind that cannot be made fails the turn with what to do', async () => {
  const port = answering({ api: 'x' });
  const answer = await moderate(noMind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'failed', reason: "the moderator's model failed, No mind is needed here." });
});

test('a mind that never answers ends with the turn', async () => {
  const start = performance.now();
  const port = answering({ api: 'x' }, { msToEnd: () => Math.max(0, 700 - (performance.now() - start)) });
  const mind = createTestMind(`setInterval(() => {}, 1000);`);
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer).toMatchObject({ status: 'timed-out', markdown: null });
  expect(port.mindProcesses).toEqual([{ id: expect.any(String), ended: true }]);
});

test('agents that failed are named with the reason, whatever the mind wrote', async () => {
  const directory = newDirectory();
  const agents = {
    api: script(directory, 'api', `console.log('fine');`),
    web: script(directory, 'web', `process.exit(7);`),
  };
  const port = createTestPort({ agents });
  const mind = mindOf(toAsk(['api', 'web']), toAnswer('All went well.\n\n```\nno end'));
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(answer.status).toBe('answered');
  expect(answer.markdown).toMatch(/^Without an answer: web \(.*7.*\)\.\n\nAll went well\./);
  expect(statuses(answer)).toEqual([['api:answered', 'web:failed']]);
});

test('a failed prompt may be repeated once, a third time is refused', async () => {
  const directory = newDirectory();
  const port = createTestPort({ agents: { api: script(directory, 'api', 'process.exit(1);') } });
  const mind = createTestMind(`
    if (phase === 'conclude') print(${JSON.stringify(toAnswer('No.'))});
    else if (input.includes('failed twice')) print(${JSON.stringify(toAnswer('api fails twice.'))});
    else print(${JSON.stringify(toAsk(['api']))});`);
  const answer = await moderate(mind, newQuestion(['api', 'web'], { maxRounds: 5 }), port);
  expect(statuses(answer)).toEqual([['api:failed'], ['api:failed']]);
  expect(answer.markdown).toMatch(/^api fails twice\./);
});

test('stopping ends what runs and shows what is there', async () => {
  const directory = newDirectory();
  const stop = new AbortController();
  const agents = {
    api: script(directory, 'api', `console.log('quick');`),
    web: script(directory, 'web', 'setInterval(() => {}, 1000);'),
  };
  const port = createTestPort({ agents, signal: stop.signal });
  const asking = moderate(mindOf(toAsk(['api', 'web'])), newQuestion(['api', 'web']), {
    ...port,
    progress(event) {
      if (event.type === 'ask_end' && event.agent === 'api') stop.abort('stopped by alice');
    },
  });
  const answer = await asking;
  expect(answer).toMatchObject({ status: 'stopped', reason: 'stopped by alice' });
  expect(answer.markdown).toMatch(/^## api\n\n> quick\n\nWithout an answer: web \(/);
  expect(statuses(answer)).toEqual([['api:answered', 'web:stopped']]);
});

test('stopping the one agent of the direct path says who did it', async () => {
  const stop = new AbortController();
  const agents = { api: script(newDirectory(), 'api', 'setInterval(() => {}, 1000);') };
  const port = createTestPort({ agents, signal: stop.signal });
  const asking = moderate(mindOf(), newQuestion(['api'], { direct: 'api' }), {
    ...port,
    progress(event) {
      if (event.type === 'ask_start') stop.abort('stopped by alice');
    },
  });
  const answer = await asking;
  expect(answer).toMatchObject({ status: 'stopped', reason: 'stopped by alice' });
  expect(statuses(answer)).toEqual([['api:stopped']]);
});

test('a citation of an agent that is known and may not be asked this time is checked, and found unsaid', async () => {
  const port = answering({ api: 'It says so [web:src/a.ts:1], not [nobody].' });
  const question = newQuestion(['api'], { direct: 'api', known: ['api', 'web'] });
  const answer = await moderate(mindOf(), question, port);
  expect(answer.markdown).toBe('It says so [1], not [nobody].');
  expect(answer.citations).toMatchObject([{ agent: 'web', verified: false, reason: 'not-said-by-agent' }]);
});

test('stopping while the mind thinks ends the mind', async () => {
  const stop = new AbortController();
  const port = answering({ api: 'x' }, { signal: stop.signal });
  const mind = createTestMind(`setInterval(() => {}, 1000);`);
  const asking = moderate(mind, newQuestion(['api', 'web']), {
    ...port,
    mindStarted(id, process) {
      port.mindStarted(id, process);
      if (process !== null) stop.abort();
    },
  });
  expect(await asking).toMatchObject({ status: 'stopped', reason: 'stopped', markdown: null });
  expect(port.mindProcesses).toEqual([{ id: expect.any(String), ended: true }]);
});

function recordedAsk(agent: string, reply: string | null, more: object = {}) {
  const ask = {
    id: `old-${agent}`,
    agent,
    prompt: `Old ${agent}?`,
    access: 'read',
    after: [],
    final: false,
    ...more,
  } as const;
  return { ...ask, outcome: reply === null ? null : answeredOutcome(ask, reply) };
}

function failedAsk(agent: string) {
  const ask = recordedAsk(agent, null);
  return { ...ask, outcome: failedOutcome(ask, 'crashed', 'it broke') };
}

test('after a crash, recorded answers are used and only what is open is asked, with its id', async () => {
  const recorded: readonly RecordedProgress[] = [
    { number: 1, reason: 'first', carried: false, asks: [recordedAsk('api', 'kept'), recordedAsk('web', null)] },
  ];
  const port = answering({ api: 'asked again', web: 'now' }, { recorded });
  const mind = mindOf(toAnswer('Done.'));
  const answer = await moderate(mind, newQuestion(['api', 'web']), port);
  expect(port.prompts).toMatchObject([{ agent: 'web', askId: 'old-web' }]);
  expect(port.decisions).toEqual([]);
  expect(answer.rounds).toMatchObject([{ number: 1, asks: [{ text: 'kept' }, { text: 'now' }] }]);
  expect(phases(mind)).toEqual(['decide 1']);
});

test('after a crash, a recorded final or direct reply is the answer at once', async () => {
  const recorded: readonly RecordedProgress[] = [
    { number: 1, reason: null, carried: false, asks: [recordedAsk('api', 'kept', { final: true })] },
  ];
  for (const direct of ['api', null]) {
    const port = answering({ api: 'asked again' }, { recorded });
    const answer = await moderate(noMind, newQuestion(['api'], { direct }), port);
    expect(answer).toMatchObject({ status: 'answered', markdown: 'kept' });
    expect(port.prompts).toEqual([]);
  }
});

test('carried rounds are earlier rounds: the mind sees them, they count for no bound and cost nothing', async () => {
  const recorded: readonly RecordedProgress[] = [
    { number: 1, reason: null, carried: true, asks: [recordedAsk('api', 'from before')] },
    { number: 2, reason: 'more', carried: true, asks: [recordedAsk('web', 'also before')] },
  ];
  const port = answering({ web: 'new' }, { recorded });
  const mind = mindOf(toAsk(['web']), toAnswer('Now I know [api] and [web].'));
  const answer = await moderate(mind, newQuestion(['api', 'web'], { maxRounds: 2, maxAsks: 2 }), port);
  expect(answer.status).toBe('answered');
  expect(answer.rounds.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(phases(mind)).toEqual(['decide 2', 'decide 3']);
  expect(mind.calls()[0]?.prompt).toContain('from before');
  expect(answer.citations).toMatchObject([
    { agent: 'api', verified: true },
    { agent: 'web', verified: true },
  ]);
});

test('a retry asks again what failed, in a round of its own, and nothing that was answered', async () => {
  const recorded: readonly RecordedProgress[] = [
    {
      number: 1,
      reason: null,
      carried: true,
      asks: [recordedAsk('api', 'kept'), failedAsk('web'), recordedAsk('worker', null)],
    },
  ];
  const port = answering({ web: 'web now', worker: 'worker now' }, { recorded });
  const mind = mindOf(toAnswer('All know.'));
  const question = newQuestion(['api', 'web', 'worker'], { repeat: 'failed' });
  const answer = await moderate(mind, question, port);
  expect(port.prompts.map(({ agent }) => agent)).toEqual(['web', 'worker']);
  expect(port.decisions).toMatchObject([{ number: 2, asks: [{ prompt: 'Old web?' }, { prompt: 'Old worker?' }] }]);
  expect(port.decisions[0]?.asks.map(({ id }) => id)).toEqual(port.prompts.map(({ askId }) => askId));
  expect(answer.markdown).toBe('All know.');
});

test('a retry of one agent leaves the others, and after a crash the repeated round is not planned twice', async () => {
  const carried = { number: 1, reason: null, carried: true, asks: [failedAsk('web'), failedAsk('worker')] };
  const question = newQuestion(['web', 'worker'], { repeat: ['worker'] });
  const port = answering({ worker: 'worker now' }, { recorded: [carried] });
  await moderate(mindOf(toAnswer('Fine.')), question, port);
  expect(port.prompts.map(({ agent }) => agent)).toEqual(['worker']);

  const own = { number: 2, reason: 'to repeat what failed', carried: false, asks: [recordedAsk('worker', 'kept')] };
  const again = answering({ worker: 'once more' }, { recorded: [carried, own] });
  await moderate(mindOf(toAnswer('Fine.')), question, again);
  expect(again.prompts).toEqual([]);
});

test('an ask may write only where the port says so, whatever the mind decides', async () => {
  const port = answering({ api: 'wrote', web: 'read' }, { accessOf: (agent) => (agent === 'api' ? 'edit' : 'read') });
  const decision = toAsk(['api', 'web'], { access: 'full', command: 'rm', mayWrite: ['web'] });
  await moderate(mindOf(decision, toAnswer('Done.')), newQuestion(['api', 'web'], { mayWrite: ['api'] }), port);
  expect(port.decisions[0]?.asks.map(({ agent, access }) => `${agent} ${access}`)).toEqual(['api edit', 'web read']);
  expect(port.prompts[0]?.prompt).toMatch(/may change files/);
  expect(port.prompts[1]?.prompt).toMatch(/only read/);
});

test('a secret that the mind writes reaches neither agents nor record nor people', async () => {
  const port = answering({ api: 'fine' });
  const asks = [{ agent: 'api', prompt: 'Try sesame-sesame \u001b[31mnow' }];
  const mind = mindOf({ next: 'ask', reason: 'sesame-sesame', asks }, toAnswer('It is sesame-sesame.'));
  const secrets = [{ name: 'API_TOKEN', value: 'sesame-sesame' }];
  const answer = await moderate(mind, newQuestion(['api', 'web']), port, secrets);
  expect(answer.markdown).toBe('It is [API_TOKEN].');
  expect(port.decisions).toMatchObject([{ reason: '[API_TOKEN]', asks: [{ prompt: 'Try [API_TOKEN] now' }] }]);
  expect(JSON.stringify([answer, port.events, port.prompts, port.decisions])).not.toContain('sesame');
});

test('agents never see the word that fences their replies', async () => {
  const words = ['fence-of-the-mind', 'one', 'two'];
  const port = answering({ api: 'fine' });
  const mind = mindOf(toAsk(['api']), toAnswer('Fine.'));
  const moderator = createModerator({
    mind: mind.mind,
    secrets: [],
    random: () => words.shift() ?? 'more',
  });
  await moderator.answer(newQuestion(['api', 'web']), port);
  await moderator.answer(
    newQuestion(['api', 'web'], { direct: 'api', context: [{ author: 'bob', text: 'hello' }] }),
    port,
  );
  expect(
    mind
      .calls()
      .every(
        ({ prompt }) =>
          prompt.includes('<<<fence-of-the-mind reply of api') || prompt.includes('<<<fence-of-the-mind question'),
      ),
  ).toBe(true);
  expect(port.prompts[1]?.prompt).toContain('<<<more');
  expect(JSON.stringify(port.prompts)).not.toContain('fence-of-the-mind');
});

test('what agents took and what the mind took are summed', async () => {
  const usage = { inputTokens: 10, outputTokens: 2, cachedTokens: 1, costUsd: 0.5 };
  const port = answering({ api: 'a', web: 'b' }, { usage });
  const decided = { inputTokens: 100, outputTokens: 20, cachedTokens: 0, costUsd: null };
  const decisions = [
    { next: 'ask', reason: '', asks: ['api', 'web'].map((agent) => ({ agent, prompt: '?', after: [], final: false })) },
    { next: 'answer', markdown: 'Both.', disagreements: [], unanswered: [] },
  ] as const;
  const next = () => (port.prompts.length === 0 ? decisions[0] : decisions[1]);
  const mind = {
    name: 'counting',
    extractive: false,
    decide: async () => ({ decision: next(), usage: decided }),
    conclude: async () => ({ decision: decisions[1], usage: decided }),
  };
  const answer = await moderate({ mind: async () => mind }, newQuestion(['api', 'web']), port);
  expect(answer.usage).toEqual({ inputTokens: 220, outputTokens: 44, cachedTokens: 2, costUsd: 1 });
  expect(answer.mindUsage).toEqual({ inputTokens: 200, outputTokens: 40, cachedTokens: 0, costUsd: null });
});
