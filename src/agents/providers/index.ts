import { commandLine } from '../command-line.ts';
import type { AgentProvider } from '../provider.ts';
import { claude } from './claude.ts';
import { command } from './command.ts';
import { search } from './search.ts';

/** Every provider there is. A new one is its file and its line here. */
export const providers: readonly AgentProvider[] = [commandLine(claude), command, search];
