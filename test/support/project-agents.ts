import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AgentsOptions, createAgents } from '../../src/agents/agents.ts';
import type { AskRequest } from '../../src/agents/ask.ts';
import { createProviderChooser } from '../../src/agents/choose.ts';
import { createProcessTable } from '../../src/agents/process-table.ts';
import type { AgentProvider } from '../../src/agents/provider.ts';
import { command } from '../../src/agents/providers/command.ts';
import { createRegistry, type ProjectAgent } from '../../src/agents/registry.ts';
import { createRunner, type RunnerOptions } from '../../src/agents/run.ts';
import { createSessions, type SessionRecord } from '../../src/agents/sessions.ts';
import { testCollections } from './collections.ts';

/** A directory that is removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export const processTable = createProcessTable();

/** The environment that test children get. */
export const testEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: process.env.HOME ?? '/',
};

export function projectAgent(agent: Partial<ProjectAgent> & Pick<ProjectAgent, 'name' | 'directory'>): ProjectAgent {
  return {
    provider: 'command',
    description: '',
    model: null,
    args: [],
    env: {},
    command: null,
    access: 'edit',
    timeoutMs: 60_000,
    silenceMs: 60_000,
    ...agent,
  };
}

export interface TestAgents {
  readonly agents: readonly ProjectAgent[];
  readonly providers?: readonly AgentProvider[];
  readonly options?: Partial<AgentsOptions>;
  readonly runner?: RunnerOptions;
}

/** Agents as the program builds them, with sessions in memory. */
export function testAgents({ agents, providers = [command], options = {}, runner = {} }: TestAgents) {
  const environment = options.environment ?? testEnvironment;
  const collections = testCollections();
  const sessions = createSessions(collections.collection<SessionRecord>('sessions'));
  const registry = createRegistry({
    agents,
    groups: [],
    addedAgents: collections.collection('agents'),
    addedGroups: collections.collection('groups'),
    timeoutMs: 60_000,
    silenceMs: 60_000,
  });
  const chooser = createProviderChooser({ providers, environment, records: collections.collection('choice') });
  const built = createAgents({
    providers,
    registry,
    sessions,
    chooser,
    environment,
    secrets: [],
    runner: createRunner(processTable, runner),
    search: async () => ({ hits: [], confidence: 0, nearest: [], files: 0 }),
    worktreeDirectory: async () => null,
    now: () => new Date('2026-01-02T03:04:05Z'),
    ...options,
  });
  return { ...built, sessions, registry, chooser };
}

export function askRequest(request: Partial<AskRequest> & Pick<AskRequest, 'agent' | 'prompt'>): AskRequest {
  return {
    askId: `ask-${Math.random().toString(36).slice(2)}`,
    turnId: 'turn-1',
    conversation: 'terminal:test',
    words: request.prompt,
    access: 'read',
    model: null,
    session: null,
    attachments: [],
    budgetUsd: null,
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    started: () => {},
    onSession: () => {},
    onEvent: () => {},
    ...request,
  };
}
