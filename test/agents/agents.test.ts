import { expect, test } from 'vitest';
import { askRequest, projectAgent, temporaryDirectory, testAgents } from '../support/project-agents.ts';
import { loggedCalls, type ScriptStep, scriptedCommand } from '../support/scripted.ts';

function scripted(...steps: readonly ScriptStep[]) {
  const directory = temporaryDirectory();
  const command = scriptedCommand(directory, { agents: { api: steps } });
  return { directory, agents: testAgents({ agents: [projectAgent({ name: 'api', directory, command })] }) };
}

test('An answer comes back with its session, its time and the directory it was given in', async () => {
  const { agents, directory } = scripted({ answer: 'It listens on port 8080.', cite: ['src/server.ts:3'] });
  const seen: string[] = [];
  const reply = await agents.ask(askRequest({ agent: 'api', prompt: 'Which port?', onSession: (id) => seen.push(id) }));
  expect(reply.result).toMatchObject({
    agent: 'api',
    prompt: 'Which port?',
    status: 'answered',
    text: 'It listens on port 8080.\nSee src/server.ts:3.',
    truncated: false,
    failure: null,
  });
  expect(reply.directory).toBe(directory);
  expect(seen).toEqual([reply.result.sessionId]);
});

test('A second question in the same conversation goes on in the same session, another conversation does not', async () => {
  const { agents, directory } = scripted({ answer: 'ok' });
  const first = await agents.ask(askRequest({ agent: 'api', prompt: 'one' }));
  await agents.ask(askRequest({ agent: 'api', prompt: 'two', access: 'edit' }));
  await agents.ask(askRequest({ agent: 'api', prompt: 'three', conversation: 'terminal:other' }));
  const calls = loggedCalls(directory).filter((call) => call.event === 'start');
  expect(calls.map((call) => call.resumed)).toEqual([false, true, false]);
  expect(calls[1]?.session).toBe(first.result.sessionId);
  expect(calls[2]?.session).not.toBe(first.result.sessionId);
});

test('A failing agent is a value with its reason, its exit code and what it said on stderr', async () => {
  const { agents } = scripted({ stderr: 'no such table: users\n', exit: 7 });
  const { result } = await agents.ask(askRequest({ agent: 'api', prompt: 'x' }));
  expect(result.status).toBe('failed');
  expect(result.failure).toMatchObject({ reason: 'crashed', stderrTail: 'no such table: users' });
  expect(result.failure?.message).toContain('exit code 7');
});
