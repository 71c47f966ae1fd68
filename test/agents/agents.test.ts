import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { AgentProvider, ProviderEvent, SignIn } from '../../src/agents/provider.ts';
import { command } from '../../src/agents/providers/command.ts';
import { UserError } from '../../src/errors.ts';
import { testTurn } from '../contracts/provider.ts';
import { type FakeCli, type FakeOptions, fakeCli } from '../support/fake-cli.ts';
import { leftOf, newAskId } from '../support/processes.ts';
import { askRequest, projectAgent, temporaryDirectory, testAgents } from '../support/project-agents.ts';
import { loggedCalls, type ScriptStep, scriptedCommand } from '../support/scripted.ts';

const quick = { graceMs: 300, quietMs: 100 };

/** One agent `api` that follows a script. */
function scripted(...steps: readonly ScriptStep[]) {
  const directory = temporaryDirectory();
  const argv = scriptedCommand(directory, { agents: { api: steps } });
  const agents = testAgents({ agents: [projectAgent({ name: 'api', directory, command: argv })], runner: quick });
  return { directory, agents, starts: () => loggedCalls(directory).filter((call) => call.event === 'start') };
}

/** One agent `api` whose provider is a CLI that speaks in events. */
function cli(script: string, options: FakeOptions = {}, agent: Parameters<typeof projectAgent>[0] | null = null) {
  const fake: FakeCli = fakeCli(script, options);
  const described = projectAgent({ name: 'api', directory: temporaryDirectory(), provider: 'fake', ...agent });
  const agents = testAgents({
    agents: [described],
    providers: [fake.provider, command],
    options: { environment: fake.environment },
    runner: quick,
  });
  return { agents, fake, directory: described.directory };
}

const knowsSessions = `
  id="\${resume:-$session}"
  if [ "$resume" = lost ]; then echo '{"type":"failure","reason":"unknown-session","message":"no session lost"}'; exit 1; fi
  echo '{"type":"session","id":"'$id'"}'
  echo '{"type":"answer","text":"ok"}'`;

test('An answer comes back with its session, its time and the directory it was given in', async () => {
  const { agents, directory } = scripted({ answer: 'It listens on port 8080.', cite: ['src/server.ts:3'] });
  const seen: string[] = [];
  const request = askRequest({ agent: 'api', prompt: 'Which port?', onSession: (id) => seen.push(id) });
  const reply = await agents.ask({ ...request, words: 'Port?' });
  expect(reply.result).toMatchObject({
    agent: 'api',
    prompt: 'Port?',
    access: 'read',
    status: 'answered',
    text: 'It listens on port 8080.\nSee src/server.ts:3.',
    truncated: false,
    failure: null,
    late: null,
    retried: false,
  });
  expect(reply.directory).toBe(directory);
  expect(reply.result.durationMs).toBeGreaterThan(0);
  expect(seen).toEqual([reply.result.sessionId]);
});

test('A second question in the same conversation goes on in the same session, another conversation does not', async () => {
  const { agents, starts } = scripted({ answer: 'ok' });
  const first = await agents.ask(askRequest({ agent: 'api', prompt: 'one' }));
  await agents.ask(askRequest({ agent: 'api', prompt: 'two', access: 'edit' }));
  await agents.ask(askRequest({ agent: 'api', prompt: 'three', conversation: 'terminal:other' }));
  expect(starts().map((call) => call.resumed)).toEqual([false, true, false]);
  expect(starts()[1]?.session).toBe(first.result.sessionId);
  expect(starts()[2]?.session).not.toBe(first.result.sessionId);
});

test('A fresh ask neither goes on with the session of the conversation nor takes its place', async () => {
  const { agents, starts } = scripted({ answer: 'ok' });
  const first = await agents.ask(askRequest({ agent: 'api', prompt: 'one' }));
  const task = await agents.ask(askRequest({ agent: 'api', prompt: 'a task', fresh: true }));
  await agents.ask(askRequest({ agent: 'api', prompt: 'two' }));
  expect(starts().map((call) => call.resumed)).toEqual([false, false, true]);
  expect(starts()[2]?.session).toBe(first.result.sessionId);
  const again = await agents.ask(
    askRequest({ agent: 'api', prompt: 'verify', fresh: true, session: task.result.sessionId }),
  );
  expect(again.result.sessionId).toBe(task.result.sessionId);
});

test('A lost session is replaced once, by one that is given the recent conversation, and people are told', async () => {
  const { agents, fake, directory } = cli(knowsSessions);
  const key = { conversation: 'terminal:test', agent: 'api', directory };
  await agents.sessions.save({ ...key, worktree: null, provider: 'fake', id: 'lost', sums: null, at: '' });
  const events: ProviderEvent[] = [];
  const reply = await agents.ask(
    askRequest({
      agent: 'api',
      prompt: 'And now?',
      recent: 'Before: hello',
      onEvent: (event) => events.push(event),
    }),
  );
  expect(reply.result.status).toBe('answered');
  expect(reply.notices.join()).toContain('session of api was lost');
  expect(events).toContainEqual({ type: 'notice', message: reply.notices[0] });
  expect(fake.calls().map((call) => call.prompt)).toEqual(['And now?', 'Before: hello\n\nAnd now?']);
  expect((await agents.sessions.find(key))?.id).toBe(reply.result.sessionId);
  expect(await agents.sessions.list()).toHaveLength(1);
});

test('A session that a person named is not replaced by another one', async () => {
  const { agents, fake } = cli(knowsSessions);
  const { result } = await agents.ask(askRequest({ agent: 'api', prompt: 'x', session: 'lost' }));
  expect(result.failure?.reason).toBe('unknown-session');
  expect(result.failure?.message).toContain('/agents reset api');
  expect(fake.calls()).toHaveLength(1);
  const kept = await agents.ask(askRequest({ agent: 'api', prompt: 'x', session: 'known' }));
  expect(kept.result.sessionId).toBe('known');
});

test('Where a CLI cannot go on with a session from elsewhere, it is not even asked', async () => {
  const { agents, fake } = cli(knowsSessions, { capabilities: { resume: 'same-directory' } });
  const elsewhere = { conversation: 'terminal:x', agent: 'api', directory: '/elsewhere', worktree: null };
  await agents.sessions.save({ ...elsewhere, provider: 'fake', id: 's-9', sums: null, at: '' });
  const { result } = await agents.ask(askRequest({ agent: 'api', prompt: 'x', session: 's-9' }));
  expect(result.failure?.reason).toBe('unknown-session');
  expect(result.failure?.message).toContain('/elsewhere');
  expect(fake.calls()).toEqual([]);
});

test('A conversation goes on with the provider it was begun with, and says how to change that', async () => {
  const { agents, fake, directory } = cli(knowsSessions, {}, { name: 'api', directory: '/', provider: 'command' });
  const key = { conversation: 'terminal:test', agent: 'api', directory: '/' };
  await agents.sessions.save({ ...key, worktree: null, provider: 'fake', id: 's-1', sums: null, at: '' });
  const reply = await agents.ask(askRequest({ agent: 'api', prompt: 'x' }));
  expect(reply.result).toMatchObject({ status: 'answered', sessionId: 's-1' });
  expect(reply.notices.join()).toContain('/agents reset api');
  expect(fake.calls()).toHaveLength(1);
  expect(directory).toBe('/');
});

test('Own arguments that bypass are left out of every ask but a full one', async () => {
  const { agents, fake } = cli(knowsSessions, {}, { name: 'api', directory: '/', args: ['--bypass'], access: 'full' });
  const reply = await agents.ask(askRequest({ agent: 'api', prompt: 'x', access: 'read' }));
  expect(reply.notices.join()).toContain('--bypass');
  await agents.ask(askRequest({ agent: 'api', prompt: 'x', access: 'full' }));
  const [read, full] = fake.calls().map((call) => call.args);
  expect(read).toMatch(/ read$/);
  expect(full).toMatch(/ full --bypass$/);
});

test('Usage is that of the turn, also where the provider reports the sum of its session', async () => {
  const counts = `
    n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count
    echo '{"type":"session","id":"s-1"}'
    echo '{"type":"usage","inputTokens":'$((n * 100))',"outputTokens":'$((n * 10))'}'
    echo '{"type":"answer","text":"ok"}'`;
  const { agents } = cli(counts, { capabilities: { cumulativeUsage: true } });
  const used = async () => (await agents.ask(askRequest({ agent: 'api', prompt: 'x' }))).result.usage;
  const each = { inputTokens: 100, outputTokens: 10, cachedTokens: 0, costUsd: null };
  expect([await used(), await used(), await used()]).toEqual([each, each, each]);
});

test('A run that has used up its money or its tokens is ended', async () => {
  const spends = `
    echo '{"type":"session","id":"s-1"}'
    echo '{"type":"text","text":"so far"}'
    while :; do echo '{"type":"usage","inputTokens":500,"outputTokens":0,"costUsd":0.6}'; sleep 0.05; done`;
  const { agents } = cli(spends);
  const askId = newAskId();
  const money = await agents.ask(askRequest({ agent: 'api', prompt: 'x', askId, budgetUsd: 1 }));
  expect(money.result).toMatchObject({ status: 'failed', text: 'so far', failure: { reason: 'budget' } });
  expect(money.result.failure?.message).toContain('$1.20 of $1.00');
  expect(await leftOf(askId)).toEqual([]);
  const tokens = await agents.ask(askRequest({ agent: 'api', prompt: 'x', budgetTokens: 900 }));
  expect(tokens.result.failure?.message).toContain('1000 of 900 tokens');
});

test('Secrets are masked in the reply, on stderr and in what is shown meanwhile, and nothing moves a cursor', async () => {
  const directory = temporaryDirectory();
  const secret = 'xoxb-123456-abcdef';
  const step = { answer: `\u001b[2Jthe token is ${secret}`, stderr: `using ${secret}\n`, exit: 1 };
  const argv = scriptedCommand(directory, { agents: { api: [step] } });
  const agents = testAgents({
    agents: [projectAgent({ name: 'api', directory, command: argv })],
    options: { secrets: [{ name: 'SLACK_BOT_TOKEN', value: secret }] },
  });
  const events: ProviderEvent[] = [];
  const reply = await agents.ask(askRequest({ agent: 'api', prompt: 'x', onEvent: (event) => events.push(event) }));
  expect(reply.result.text).toBe('the token is [SLACK_BOT_TOKEN]\n');
  expect(reply.result.failure?.stderrTail).toBe('using [SLACK_BOT_TOKEN]');
  expect(JSON.stringify([reply, events])).not.toContain(secret);
  expect(JSON.stringify([reply, events])).not.toContain('u001b');
});

test('Stopped, an ask says so, keeps what it said, and what came afterwards apart', async () => {
  const { agents } = scripted({ said: 'half of it', lastWords: 'the other half', hang: true });
  const stop = new AbortController();
  const reply = await agents.ask(
    askRequest({
      agent: 'api',
      prompt: 'x',
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'text') stop.abort();
      },
    }),
  );
  expect(reply.result).toMatchObject({ status: 'stopped', text: 'half of it\n', late: 'the other half\n' });
});

test('The shorter of both times ends it, and its words tell what to change', async () => {
  const { agents } = scripted({ hang: true });
  const { result } = await agents.ask(askRequest({ agent: 'api', prompt: 'x', timeoutMs: 600 }));
  expect(result).toMatchObject({ status: 'timed-out', failure: { reason: 'timed-out' } });
  expect(result.failure?.message).toContain('`timeout`');
});

test('Attached files are named in the prompt and in the environment', async () => {
  const { agents, starts } = scripted({ answer: 'ok' });
  const attachments = [{ path: '/data/a.png', type: 'image/png' }];
  await agents.ask(askRequest({ agent: 'api', prompt: 'Look.', attachments }));
  expect(starts()[0]?.prompt).toBe('Look.\n\nAttached files:\n- /data/a.png (image/png)');
  expect(starts()[0]?.attachments).toEqual(['/data/a.png']);
});

test('An agent in a worktree runs there, in a session of its own', async () => {
  const [directory, worktree] = [temporaryDirectory(), temporaryDirectory()];
  const argv = scriptedCommand(directory, { otherwise: { answer: 'ok' } });
  const agents = testAgents({
    agents: [projectAgent({ name: 'api', directory, command: argv })],
    options: { worktreeDirectory: async (_agent, branch) => (branch === 'feature/x' ? worktree : null) },
  });
  const reply = await agents.ask(askRequest({ agent: 'api/feature/x', prompt: 'x' }));
  expect(reply.directory).toBe(worktree);
  const [call] = loggedCalls(directory);
  expect(call).toMatchObject({ directory: worktree, agent: 'api/feature/x' });
  await agents.ask(askRequest({ agent: 'api', prompt: 'x' }));
  expect((await agents.sessions.list()).map((record) => record.worktree).sort()).toEqual(['feature/x', null].sort());
  const gone = await agents.ask(askRequest({ agent: 'api/feature/y', prompt: 'x' }));
  expect(gone.result.failure?.message).toContain('no worktree "feature/y"');
});

test('An agent or a provider that is gone is a failure in words', async () => {
  const agents = testAgents({ agents: [projectAgent({ name: 'api', directory: '/', provider: 'extinct' })] });
  const nobody = await agents.ask(askRequest({ agent: 'nobody', prompt: 'x' }));
  expect(nobody.result).toMatchObject({ status: 'failed', text: null, sessionId: null });
  expect(nobody.result.failure?.message).toContain('no agent "nobody"');
  const extinct = await agents.ask(askRequest({ agent: 'api', prompt: 'x' }));
  expect(extinct.result.failure?.message).toContain('no provider "extinct"');
});

test('The automatic provider is looked for anew after it turned out that nobody is signed in', async () => {
  const refuses = `echo '{"type":"failure","reason":"not-signed-in","message":"401"}'; exit 1`;
  const signIn: SignIn = { args: ['who'], read: () => 'yes', hint: 'Run `claude login`' };
  const fake = fakeCli(refuses, { name: 'claude', spec: { signIn } });
  const agents = testAgents({
    agents: [projectAgent({ name: 'api', directory: '/', provider: 'auto' })],
    providers: [fake.provider],
    options: { environment: fake.environment },
  });
  expect((await agents.chooser.choose()).provider).toBe('claude');
  const { result } = await agents.ask(askRequest({ agent: 'api', prompt: 'x' }));
  expect(result.failure?.message).toBe('claude is not signed in (401). Run `claude login`, then /retry api.');
  expect(await agents.chooser.known()).toBeNull();
});

test('A provider without a process is told of once, has an end, and its mistakes are failures', async () => {
  const extract = (ask: AgentProvider['ask']): AgentProvider => ({
    ...command,
    name: 'extract',
    capabilities: { ...command.capabilities, resume: 'no', extractive: true },
    ask,
  });
  const started: unknown[] = [];
  const run = (ask: AgentProvider['ask']) =>
    testAgents({
      agents: [projectAgent({ name: 'docs', directory: '/', provider: 'extract', timeoutMs: 300 })],
      providers: [extract(ask)],
      options: {
        search: (_directory, _question, signal) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    }).ask(askRequest({ agent: 'docs', prompt: 'x', started: (process) => started.push(process) }));
  const throws = await run(async function* () {
    yield { type: 'text', text: 'before' };
    await wait(1);
    throw new Error('a bug');
  });
  expect(throws.result.failure?.message).toContain('a bug');
  const hangs = await run(async function* (turn, given) {
    await given.search(turn.directory, turn.prompt);
    yield { type: 'answer', text: 'never' };
  });
  expect(hangs.result.status).toBe('timed-out');
  expect(started).toEqual([null, null]);
});

test('Eight agents of which seven misbehave: each ends as what it is, and nothing of them runs on', async () => {
  const steps: Record<string, ScriptStep> = {
    good: { answer: 'Forty-two.' },
    fails: { stderr: 'out of order\n', exit: 3 },
    hangs: { hang: true, children: ['own-session'] },
    floods: { flood: 30_000_000 },
    garbles: { garbage: true },
    clings: { answer: 'Done.', children: ['holds-stdout', 'own-session-holds-stdout'] },
    ignores: { ignoreTerm: true, hang: true },
    dies: { said: 'I am', signal: 'SIGKILL' },
  };
  const directory = temporaryDirectory();
  const agentSteps = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, [step]]));
  const argv = scriptedCommand(directory, { agents: agentSteps });
  const agents = testAgents({
    agents: Object.keys(steps).map((name) => projectAgent({ name, directory, command: argv, silenceMs: 3000 })),
    runner: quick,
  });
  const asks = Object.keys(steps).map((agent) => ({ agent, askId: newAskId() }));
  const replies = await Promise.all(asks.map((ask) => agents.ask(askRequest({ ...ask, prompt: 'x' }))));
  const [good, fails, hangs, floods, garbles, clings, ignores, dies] = replies.map((reply) => reply.result);
  expect(good).toMatchObject({ status: 'answered', text: 'Forty-two.' });
  expect(fails?.failure?.message).toContain('exit code 3: out of order');
  expect(hangs?.status).toBe('timed-out');
  expect(floods).toMatchObject({ status: 'answered', truncated: true });
  expect(floods?.text?.length).toBeLessThan(1_100_000);
  expect(garbles?.status).toBe('answered');
  expect(clings).toMatchObject({ status: 'answered', text: 'Done.' });
  expect(ignores?.failure?.reason).toBe('silent');
  expect(dies).toMatchObject({ status: 'failed', text: 'I am\n' });
  expect(dies?.failure?.message).toContain('SIGKILL');
  expect((await Promise.all(asks.map(({ askId }) => leftOf(askId)))).flat()).toEqual([]);
});

test('A mind runs alone, with its phase in the environment and no session kept', async () => {
  const directory = temporaryDirectory();
  const argv = scriptedCommand(directory, { agents: { tutti: [{ answer: '{TUTTI_ACCESS} {TUTTI_PHASE}' }] } });
  const agents = testAgents({ agents: [] });
  const turn = testTurn({ agent: 'tutti', access: 'none', command: argv, directory });
  const started: number[] = [];
  const events: ProviderEvent[] = [];
  const run = agents.run(command, turn, {
    signal: new AbortController().signal,
    variables: { TUTTI_PHASE: 'decide', TUTTI_ROUND: '0' },
    started: (process) => started.push(process?.pid ?? 0),
  });
  for await (const event of run) events.push(event);
  expect(events.at(-1)).toEqual({ type: 'answer', text: 'none decide' });
  expect(loggedCalls(directory)[0]).toMatchObject({ phase: 'decide', round: 0, pid: started[0] });
  expect(await agents.sessions.list()).toEqual([]);
});

test('The provider of an agent is known by name, the automatic one by what is there', async () => {
  const agents = testAgents({ agents: [], options: { environment: { PATH: '/nowhere' } } });
  expect((await agents.providerOf(projectAgent({ name: 'a', directory: '/' })))?.name).toBe('command');
  expect(await agents.providerOf(projectAgent({ name: 'a', directory: '/', provider: 'auto' }))).toBeNull();
});

test('A disk too full to keep the session takes nothing from the reply', async () => {
  const directory = temporaryDirectory();
  const argv = scriptedCommand(directory, { agents: { api: [{ answer: 'It listens on port 8080.' }] } });
  const full = async () => {
    throw new UserError('disk-full', 'The disk is full.');
  };
  const api = projectAgent({ name: 'api', directory, command: argv });
  const { sessions } = testAgents({ agents: [api] });
  const short = testAgents({
    agents: [api],
    options: { sessions: { ...sessions, save: full } },
    runner: quick,
  });
  const { result } = await short.ask(askRequest({ agent: 'api', prompt: 'Which port?' }));
  expect(result).toMatchObject({ status: 'answered', text: 'It listens on port 8080.', failure: null });
  expect(result.sessionId).not.toBeNull();
});
