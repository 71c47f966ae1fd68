import type { Collection } from '../store/collections.ts';
import { findBinary } from './binary.ts';
import type { AgentProvider, ProviderStatus } from './provider.ts';

/** What `auto` came to, and what that rests on. */
export interface ProviderChoice {
  /** A provider's name; `search` where nobody is signed in to any. */
  readonly provider: string;
  readonly status: ProviderStatus | null;
  /** Where each candidate was found (null: nowhere): another answer to this makes the choice anew. */
  readonly paths: Readonly<Record<string, string | null>>;
}

export interface ProviderChooser {
  /** The kept choice, or a new one. */
  choose(): Promise<ProviderChoice>;
  /** The kept choice without asking anybody, for a banner; null when there is none. */
  known(): Promise<ProviderChoice | null>;
  /** Makes it anew the next time: after `not-signed-in`, `not-installed`, and in `doctor`. */
  forget(): Promise<void>;
}

export interface ChooserOptions {
  readonly providers: readonly AgentProvider[];
  readonly environment: Readonly<Record<string, string>>;
  readonly records: Collection<ProviderChoice>;
}

/** In this order the first that is installed and signed in is taken. */
const candidates = ['claude', 'codex', 'opencode', 'gemini', 'qwen', 'copilot'];
const fallback = 'search';
const keptMs = 10 * 60 * 1000;
const recordKey = 'auto';

/** Resolves `auto`. The choice is kept for ten minutes, as long as no candidate's program has come, gone or moved. */
export function createProviderChooser(options: ChooserOptions): ProviderChooser {
  const { environment, records } = options;
  let choosing: Promise<ProviderChoice> | null = null;

  async function known(): Promise<ProviderChoice | null> {
    const kept = await records.get(recordKey);
    if (kept === undefined) return null;
    const paths = findPaths(environment);
    return candidates.every((name) => (kept.paths[name] ?? null) === paths[name]) ? kept : null;
  }

  async function choose(): Promise<ProviderChoice> {
    const kept = await known();
    if (kept !== null) return kept;
    const choice = await chooseProvider(options);
    await records.set(recordKey, choice, { ttl: keptMs });
    return choice;
  }

  return {
    known,
    choose() {
      choosing ??= choose().finally(() => {
        choosing = null;
      });
      return choosing;
    },
    async forget() {
      await records.delete(recordKey);
    },
  };
}

/** Asks the candidates in their order, and stops at the first that is signed in; unknown counts as not. */
async function chooseProvider({ providers, environment }: ChooserOptions): Promise<ProviderChoice> {
  const paths = findPaths(environment);
  for (const name of candidates) {
    const provider = providers.find((one) => one.name === name);
    if (provider === undefined || paths[name] === null) continue;
    const status = await provider.status(environment);
    if (status.installed && status.signedIn === 'yes') return { provider: name, status, paths };
  }
  return { provider: fallback, status: null, paths };
}

function findPaths(environment: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(
    candidates.map((name) => {
      const search = findBinary(name, environment);
      return [name, search.found ? search.path : null];
    }),
  );
}
