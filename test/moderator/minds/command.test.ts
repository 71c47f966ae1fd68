import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command } from '../../../src/agents/providers/command.ts';
import { createCommandMind } from '../../../src/moderator/minds/command.ts';
import type { Round } from '../../../src/moderator/moderator.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { answeredOutcome, createTestRun, newDirectory, newQuestion, script } from '../../support/moderated.ts';

function mindRunning(body: string) {
  const home = newDirectory();
  const mind = createCommandMind({
    argv: script(home, 'mind', body.replaceAll('HOME', home)),
    provider: command,
    run: createTestRun(),
    directory: join(home, 'empty'),
  });
  return { mind, home };
}

const question = newQuestion(['api', 'web'], { attachments: [{ path: '/data/a.png', type: 'image/png' }] });
const ask = { id: '1', agent: 'api', prompt: '?', access: 'read', after: [], final: false } as const;
const rounds: readonly Round[] = [
  { number: 1, reason: null, asks: [{ ...ask, outcome: answeredOutcome(ask, 'said') }] },
  { number: 2, reason: 'more', asks: [{ ...ask, outcome: answeredOutcome(ask, 'said more') }] },
];

test('the program gets the whole prompt on stdin and is told phase, round and who it is', async () => {
  const { mind, home } = mindRunning(`
    const { TUTTI_PHASE, TUTTI_ROUND, TUTTI_AGENT, TUTTI_ACCESS, TUTTI_CONVERSATION, TUTTI_TURN, TUTTI_ASK, TUTTI_ATTACHMENTS } = process.env;
    writeFileSync('HOME/seen.json', JSON.stringify({ TUTTI_PHASE, TUTTI_ROUND, TUTTI_AGENT, TUTTI_ACCESS, TUTTI_CONVERSATION, TUTTI_TURN, TUTTI_ASK, TUTTI_ATTACHMENTS, cwd: process.cwd(), input }));
    console.log('{"next":"answer","markdown":"So."}');`);
  const seen = () => JSON.parse(readFileSync(join(home, 'seen.json'), 'utf8'));
  const call = newMindCall();
  await mind.decide(question, [], call);
  expect(seen()).toMatchObject({
    TUTTI_PHASE: 'decide',
    TUTTI_ROUND: '0',
    TUTTI_AGENT: 'tutti',
    TUTTI_ACCESS: 'none',
    TUTTI_CONVERSATION: 'terminal:test',
    TUTTI_TURN: 'turn-1',
    TUTTI_ASK: call.id,
    TUTTI_ATTACHMENTS: '["/data/a.png"]',
    cwd: join(home, 'empty'),
  });
  expect(seen().input).toContain('How are tokens refreshed?');
  await mind.conclude(question, rounds, newMindCall());
  expect(seen()).toMatchObject({ TUTTI_PHASE: 'conclude', TUTTI_ROUND: '2' });
});

test('a decision in a fence with prose round it is understood', async () => {
  const { mind } = mindRunning(
    `console.log('Let me think.\\n\\n\`\`\`json\\n{"next":"answer","markdown":"So."}\\n\`\`\`\\nDone.');`,
  );
  expect((await mind.decide(question, [], newMindCall())).decision).toMatchObject({ next: 'answer', markdown: 'So.' });
});

test('a program that fails, and one that is not there, are failures', async () => {
  const { mind } = mindRunning(`process.exit(4);`);
  expect((await mind.decide(question, [], newMindCall())).decision).toMatchObject({
    next: 'failed',
    reason: 'crashed',
  });
  const options = { provider: command, run: createTestRun(), directory: join(newDirectory(), 'empty') };
  const missing = createCommandMind({ ...options, argv: ['no-such-program-anywhere'] });
  expect((await missing.decide(question, [], newMindCall())).decision).toMatchObject({
    next: 'failed',
    reason: 'not-installed',
    message: expect.stringMatching(/^command: .*no-such-program-anywhere/),
  });
});

test('a program that printed nothing may print a decision in one more call; one that broke may not', async () => {
  const silent = mindRunning(`console.error('warming up');`);
  const { decision } = await silent.mind.decide(question, [], newMindCall());
  expect(decision).toMatchObject({
    next: 'failed',
    message: 'command: It ended without an answer: warming up',
    repair: { problems: [expect.stringContaining('Nothing was printed')], previous: '' },
  });
  const broken = mindRunning(`process.exit(4);`);
  expect((await broken.mind.decide(question, [], newMindCall())).decision).not.toHaveProperty('repair');
});

test('its process is told before it can answer, and ends with the call', async () => {
  const stop = new AbortController();
  const { mind } = mindRunning(`setInterval(() => {}, 1000);`);
  const started: number[] = [];
  const call = newMindCall({
    signal: stop.signal,
    started(begun) {
      if (begun === null) return;
      started.push(begun.pid);
      stop.abort();
    },
  });
  expect((await mind.decide(question, [], call)).decision).toMatchObject({ next: 'failed', reason: 'cancelled' });
  expect(() => process.kill(started[0] ?? 0, 0)).toThrow('ESRCH');
});
