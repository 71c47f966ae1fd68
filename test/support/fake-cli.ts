import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../../src/agents/command-line.ts';
import type { AgentProvider, Capabilities, CommandLineSpec } from '../../src/agents/provider.ts';
import { temporaryDirectory, testEnvironment } from './project-agents.ts';

/** A CLI for tests: its lines are the events themselves, and it logs the arguments and the prompt of every call. */
export interface FakeCli {
  readonly provider: AgentProvider;
  /** With the CLI on its PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** Arguments and prompt of each call so far. */
  calls(): readonly { readonly args: string; readonly prompt: string }[];
}

export interface FakeOptions {
  readonly name?: string;
  readonly capabilities?: Partial<Capabilities>;
  readonly spec?: Partial<CommandLineSpec>;
}

/**
 * `script` is shell and finds the session to go on with in `$resume` (empty for a fresh one), the id for a fresh one in `$session`, and
 * the prompt in `$prompt`.
 */
export function fakeCli(script: string, { name = 'fake', capabilities = {}, spec = {} }: FakeOptions = {}): FakeCli {
  const directory = temporaryDirectory();
  const log = join(directory, 'calls');
  const lines = [
    '#!/bin/sh',
    'resume=$1; session=$2',
    'prompt=$(cat)',
    `printf '%s\\0%s\\0' "$*" "$prompt" >> '${log}'`,
    script,
  ];
  const file = join(directory, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return {
    provider: commandLine({ ...describe(name, capabilities), ...spec }),
    environment: { ...testEnvironment, PATH: `${directory}:${testEnvironment.PATH}` },
    calls() {
      if (!existsSync(log)) return [];
      const fields = readFileSync(log, 'utf8').split('\0').slice(0, -1);
      return fields.flatMap((args, index) => (index % 2 === 0 ? [{ args, prompt: fields[index + 1] ?? '' }] : []));
    },
  };
}

function describe(name: string, capabilities: Partial<Capabilities>): CommandLineSpec {
  return {
    name,
    binary: name,
    capabilities: {
      resume: 'anywhere',
      images: false,
      cost: true,
      readOnly: 'enforced',
      cumulativeUsage: false,
      extractive: false,
      mind: true,
      ...capabilities,
    },
    bypassFlags: ['--bypass'],
    tested: null,
    invoke: (turn) => ({ args: [turn.resume ?? '', turn.session, turn.access, ...turn.args], input: turn.prompt }),
    reader: () => ({
      parse(line) {
        try {
          return [JSON.parse(line)];
        } catch {
          return [];
        }
      },
    }),
  };
}
