import { parseArgs } from 'node:util';
import { providers } from '../../src/agents/providers/index.ts';
import type { Players } from './program.ts';
import type { Roster } from './question.ts';
import { rosters } from './set.ts';
import { type Way, ways } from './ways.ts';

export const usage = `npm run quality -- [options]

  --provider NAME   who answers: search (default, no model), claude, codex, … or command
  --model NAME      the model of that provider
  --mind NAME       who decides: a provider, search, or anthropic:…, openai:…, ollama:… (default: the provider, where it can)
  --command "ARGV"  the program of --provider command: prompt on standard input, answer on standard output
  --ways a,b        only these ways to ask: ${ways.map(({ name }) => name).join(', ')}
  --only a,b        only these questions, or sets of them: ${rosters.map(({ name }) => name).join(', ')}
  --parallel N      questions under way at the same time (default 1)
  --details FILE    every reply with its score, as JSON
`;

export interface QualityOptions {
  readonly help: boolean;
  readonly players: Players;
  readonly ways: readonly Way[];
  readonly rosters: readonly Roster[];
  readonly parallel: number;
  readonly details: string | null;
  /** All questions, and no model: the run that has floors. */
  readonly hasFloors: boolean;
}

/** Reads the command line. Throws, with words for people, where an option is not known or chooses nothing. */
export function readOptions(args: readonly string[]): QualityOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      provider: { type: 'string', default: 'search' },
      model: { type: 'string' },
      mind: { type: 'string' },
      command: { type: 'string' },
      ways: { type: 'string' },
      only: { type: 'string' },
      parallel: { type: 'string', default: '1' },
      details: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const command = values.command?.split(/\s+/).filter((word) => word !== '') ?? null;
  const mind = values.mind ?? usualMind(values.provider);
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1) throw new Error('--parallel takes a whole number from 1.');
  return {
    help: values.help,
    players: { provider: values.provider, model: values.model ?? null, mind, command },
    ways: chosenWays(listOf(values.ways)),
    rosters: chosenQuestions(listOf(values.only)),
    parallel,
    details: values.details ?? null,
    hasFloors: values.only === undefined && values.provider === 'search' && mind === 'search',
  };
}

/** A program of one's own answers prompts, but knows nothing of decisions. */
function usualMind(provider: string): string {
  const canDecide = providers.some(({ name, capabilities }) => name === provider && capabilities.mind);
  return canDecide && provider !== 'command' ? provider : 'search';
}

function listOf(value: string | undefined): readonly string[] | null {
  return value?.split(',').map((name) => name.trim()) ?? null;
}

function chosenWays(names: readonly string[] | null): readonly Way[] {
  const chosen = ways.filter(({ name }) => names?.includes(name) ?? true);
  if (chosen.length === 0) throw new Error('--ways names no way to ask.');
  return chosen;
}

function chosenQuestions(names: readonly string[] | null): readonly Roster[] {
  const isChosen = (name: string) => names?.includes(name) ?? true;
  const chosen = rosters
    .map((roster) => ({
      ...roster,
      questions: roster.questions.filter(({ id }) => isChosen(roster.name) || isChosen(id)),
    }))
    .filter(({ questions }) => questions.length > 0);
  if (chosen.length === 0) throw new Error('--only names no question and no set.');
  return chosen;
}
