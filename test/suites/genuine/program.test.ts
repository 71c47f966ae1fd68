import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { addMcpServer } from './mcp-server.ts';
import {
  type AgentName,
  type Answer,
  type Ask,
  agentNames,
  agents,
  createProgramScene,
  isOfMind,
  type ProgramScene,
} from './program-scene.ts';
import { binaryFolder } from './setting.ts';

const installed = Object.values(agents).every((cli) => existsSync(join(binaryFolder(cli), cli)));

function all(prompt: (agent: AgentName) => string): readonly Ask[] {
  return agentNames.map((agent) => ({ agent, prompt: prompt(agent) }));
}

/** What each agent's last ask came to. */
function byAgent(answer: Answer) {
  const asks = answer.rounds.flatMap((round) => round.asks);
  const last = (agent: AgentName) => asks.findLast((ask) => ask.agent === agent);
  return Object.fromEntries(agentNames.map((agent) => [agent, last(agent)]));
}

describe.runIf(installed)('The whole program with claude, codex and opencode', { timeout: 240_000 }, () => {
  test('answers in two rounds with checked sources, and a question after it goes on with every session', async () => {
    const scene = await createProgramScene({ mind: 'claude' });
    const first = await scene.ask('How does it start?', [
      all((agent) => `CASE:read ${scene.file(agent, 'notes.txt')}`),
      [{ agent: 'web', prompt: 'CASE:say It starts in notes.txt:1.' }],
      { markdown: 'It starts here [web:notes.txt:1].' },
    ]);
    expect(first).toMatchObject({ exit: 0, status: 'answered', answer: 'It starts here [1].' });
    expect(first.rounds.map((round) => round.asks.length)).toEqual([3, 1]);
    for (const ask of first.rounds[0]?.asks ?? []) expect(ask.text).toContain('the seed of the project');
    expect(first.citations).toMatchObject([{ agent: 'web', path: 'notes.txt', verified: true }]);
    expect(scene.left()).toEqual([]);

    const second = await scene.ask('And then?', [all(() => 'CASE:history'), { markdown: 'Then it goes on.' }]);
    const [before, after] = [byAgent(first), byAgent(second)];
    // Codex has read and answered, the others have read.
    const prompts = { api: 'PROMPTS 2', web: 'PROMPTS 3', worker: 'PROMPTS 2' };
    for (const agent of agentNames) {
      expect(after[agent]).toMatchObject({ text: prompts[agent], sessionId: before[agent]?.sessionId });
    }
    expect(scene.left()).toEqual([]);
  });

  test('writes only where a person allowed it', async () => {
    const scene = await createProgramScene({ mind: 'codex' });
    const writing = [all((agent) => `CASE:write ${scene.file(agent, 'written.txt')}`), { markdown: 'Done.' }];
    const asked = await scene.ask('Write it', writing);
    expect(asked.status).toBe('answered');
    expect(agentNames.map((agent) => scene.read(agent, 'written.txt'))).toEqual([null, null, null]);
    const allowed = await scene.ask('Now write it', writing, ['--write', '--agents', agentNames.join(',')]);
    expect(allowed.status).toBe('answered');
    expect(agentNames.map((agent) => scene.read(agent, 'written.txt')?.trim())).toEqual(
      agentNames.map(() => 'written by tool'),
    );
  });

  test('tells what to do about a CLI without a key, one that hangs and one that was killed, and goes on', async () => {
    const scene = await createProgramScene({ mind: 'codex', agents: { web: { silence: '5s' } } });
    const endless = `tail -f ${scene.file('worker', 'notes.txt')}`;
    const prompts = { api: 'CASE:401', web: 'CASE:hang', worker: `CASE:shell ${endless}` };
    const question = ['--write', '--agents', agentNames.join(',')];
    const asking = scene.ask('Do it', [all((agent) => prompts[agent]), { markdown: 'Nobody could.' }], question);
    const provider = await waitFor(() => providerOf(scene, 'worker', endless), 'the tool of the worker runs', 90_000);
    process.kill(provider, 'SIGKILL');
    const asked = await asking;
    expect(asked.status).toBe('answered');
    const failures = byAgent(asked);
    expect(failures.api).toMatchObject({ status: 'failed', failure: { reason: 'not-signed-in' } });
    expect(failures.api?.failure?.message).toContain('sign in');
    expect(failures.web).toMatchObject({ failure: { reason: 'silent' } });
    expect(failures.web?.failure?.message).toContain('`silence`');
    expect(failures.worker).toMatchObject({ status: 'failed', failure: { reason: 'crashed' } });
    expect(asked.answer).toContain('api');
    expect(scene.left()).toEqual([]);

    const next = await scene.ask('Once more', [all((agent) => `CASE:say ${agent} is well`), { markdown: 'Fine.' }]);
    const answers = byAgent(next);
    for (const agent of agentNames)
      expect(answers[agent]).toMatchObject({ status: 'answered', text: `${agent} is well` });
    expect(scene.left()).toEqual([]);
  });

  test('hands on what the projects and the user set up, and none of the tokens of the chat', async () => {
    const tokens = { SLACK_BOT_TOKEN: 'xoxb-genuine-secret-1', DISCORD_TOKEN: 'discord-genuine-secret-2' };
    const scene = await createProgramScene({ mind: 'codex', environment: { ...tokens, OWN_VARIABLE: 'of the user' } });
    const server = addMcpServer({ home: scene.home });
    const lab = { command: server.command, args: server.args };
    scene.write('api', 'CLAUDE.md', 'Rules of the api project.');
    scene.write('api', '.mcp.json', JSON.stringify({ mcpServers: { lab } }));
    mkdirSync(join(scene.home, '.claude'), { recursive: true });
    const settings = { permissions: { allow: ['Bash(env:*)', 'Bash(env)'] } };
    writeFileSync(join(scene.home, '.claude', 'settings.json'), JSON.stringify(settings));
    scene.write('web', 'AGENTS.md', 'Rules of the web project.');
    const toml = `[mcp_servers.lab]\ncommand = ${JSON.stringify(lab.command)}\nargs = ${JSON.stringify(lab.args)}\n`;
    writeFileSync(join(scene.home, '.codex', 'config.toml'), toml, { flag: 'a' });
    scene.write('worker', 'AGENTS.md', 'Rules of the worker project.');
    const mcp = { lab: { type: 'local', command: [lab.command, ...lab.args] } };
    scene.write('worker', 'opencode.json', JSON.stringify({ mcp }));

    const question = ['--write', '--agents', agentNames.join(',')];
    const asked = await scene.ask('What is set?', [all(() => 'CASE:shell env'), { markdown: 'This.' }], question);
    expect(asked.status).toBe('answered');
    const agentsOnly = scene.model.requests.filter((request) => !isOfMind(request));
    const bodies = (wire: string) =>
      agentsOnly
        .filter((request) => request.wire === wire)
        .map((request) => request.body)
        .join('\n');
    for (const [agent, wire] of [
      ['api', 'messages'],
      ['web', 'responses'],
      ['worker', 'completions'],
    ] as const) {
      const said = bodies(wire);
      const found = {
        rules: said.includes(`Rules of the ${agent} project.`),
        server: /labping|mcp__lab/.test(said),
        variable: said.includes('OWN_VARIABLE=of the user'),
      };
      expect([agent, found]).toEqual([agent, { rules: true, server: true, variable: true }]);
    }
    const everything = scene.model.requests.map((request) => request.body).join('\n');
    expect(
      Object.entries(tokens).filter(([name, token]) => everything.includes(name) || everything.includes(token)),
    ).toEqual([]);
  });
});

/** The provider's process of an agent, once a command runs below it. */
function providerOf(scene: ProgramScene, agent: AgentName, command: string): number | null {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  if (!rows.some((row) => row.trim().endsWith(command) && !row.includes(' -c '))) return null;
  const ours = scene.left();
  const isOfAgent = (pid: number) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === scene.directory(agent);
    } catch {
      return false;
    }
  };
  const pids = new Set(ours.filter(isOfAgent));
  const parent = (pid: number) => Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  return [...pids].find((pid) => !pids.has(parent(pid))) ?? null;
}
