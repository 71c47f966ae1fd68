import { commandLine } from '../command-line.ts';
import type { AgentProvider } from '../provider.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { command } from './command.ts';
import { copilot } from './copilot.ts';
import { droid } from './droid.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { qwen } from './qwen.ts';
import { search } from './search.ts';

/** Every provider there is. A new one is its file and its line here. */
export const providers: readonly AgentProvider[] = [
  commandLine(claude),
  commandLine(codex),
  commandLine(opencode),
  commandLine(gemini),
  commandLine(qwen),
  commandLine(copilot),
  commandLine(droid),
  commandLine(pi),
  command,
  search,
];
