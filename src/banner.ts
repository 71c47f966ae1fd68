import { relative } from 'node:path';
import type { Banner } from './adapters/terminal/host.ts';
import type { ProjectAgent } from './agents/registry.ts';
import type { Config } from './config.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Search } from './search/search.ts';

export interface BannerFacts {
  readonly version: string;
  readonly config: Config;
  readonly directory: string;
  readonly agents: readonly ProjectAgent[];
  readonly ledger: Pick<Ledger, 'waiting'>;
  readonly search: Pick<Search, 'count'>;
  readonly notices: readonly string[];
  readonly conversation: string;
  /** What decides for the moderator, in words. */
  moderatorName(): Promise<string>;
}

const suggestion = 'How do @slack and @discord each deal with rate limits?';

/** What stands above the first prompt: there at once; what takes time follows. */
export function bannerOf(facts: BannerFacts): Banner {
  const { config, agents, ledger, search } = facts;
  const waiting = waitingElsewhere(ledger, facts.conversation);
  const isAuto = config.moderator.model === 'auto';
  return {
    version: facts.version,
    agents: agents.map(({ name, directory, provider }) => ({
      name,
      directory: shown(facts.directory, directory),
      provider,
      detail: null,
    })),
    moderator: isAuto ? null : moderatorText(config.moderator.model),
    notices: [...facts.notices, ...(waiting === null ? [] : [waiting]), ...(config.hint === null ? [] : [config.hint])],
    suggestion: config.origin === 'demo' ? suggestion : null,
    following: [
      ...(isAuto
        ? [facts.moderatorName().then((name) => ({ type: 'moderator', moderator: moderatorText(name) }) as const)]
        : []),
      ...agents
        .filter((agent) => agent.provider === 'search')
        .map(async ({ name, directory }) => {
          const count = await search.count(directory);
          return count === null ? null : ({ type: 'agent', name, detail: `${count} files` } as const);
        }),
    ],
  };
}

/** How many turns of other terminal conversations wait for somebody who takes them, in one line; null where none does. */
export function waitingElsewhere(ledger: Pick<Ledger, 'waiting'>, conversation: string): string | null {
  const count = ledger.waiting(
    ({ message }) => message.place.surface === 'terminal' && message.conversation !== conversation,
  );
  if (count === 0) return null;
  return count === 1
    ? '1 turn of another conversation waits: "tutti resume" takes it.'
    : `${count} turns of other conversations wait: "tutti resume" takes them.`;
}

function moderatorText(name: string): string {
  return name.startsWith('search') ? 'search (no model is used; tutti doctor says how to add one)' : name;
}

/** As people write it: relative to where they are, where that is shorter. */
function shown(from: string, to: string): string {
  const path = relative(from, to) || '.';
  return path.length < to.length ? path : to;
}
