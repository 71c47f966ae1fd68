import { randomUUID } from 'node:crypto';
import { clean } from '../clean.ts';
import type { Config, Environment } from '../config.ts';
import { childEnvironment } from '../environment.ts';
import type { History } from '../history/history.ts';
import { createHistory } from '../history/sqlite.ts';
import type { InstanceRecord, Ledger } from '../ledger/ledger.ts';
import { createLedger } from '../ledger/sqlite.ts';
import type { Log } from '../log.ts';
import { createMask, knownSecrets, type Secret } from '../mask.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { type Collections, createCollections } from '../store/collections.ts';
import { openStore, type Store } from '../store/store.ts';

/** What everything else stands on: the data directory and what is kept there, time, ids, secrets. */
export interface Ground {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Log;
  readonly clock: Clock;
  readonly store: Store;
  readonly history: History;
  readonly ledger: Ledger;
  readonly collections: Collections;
  readonly secrets: readonly Secret[];
  /** The environment of every process that is started. */
  readonly children: Readonly<Record<string, string>>;
  newId(): string;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
}

export interface GroundOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly role: InstanceRecord['role'];
  readonly log: Log;
}

/** 48 random bits. Out of a UUID, of which Node has a supply; single bytes are asked of the system each time, which every message pays. */
function newId(): string {
  return randomUUID().replace('-', '').slice(0, 12);
}

/** Opens the data directory. Throws its UserErrors. */
export function openGround({ config, environment, role, log }: GroundOptions): Ground {
  const clock = systemClock;
  const secrets = knownSecrets(environment.variables, ...config.agents.map((agent) => agent.env));
  const mask = createMask(secrets);
  const store = openStore({ directory: config.dataDir, log });
  const history = createHistory(store, clock.now);
  return {
    config,
    environment,
    log,
    clock,
    store,
    history,
    ledger: createLedger({ store, history, configuration: config.identity, role, now: clock.now }),
    collections: createCollections(store),
    secrets,
    children: childEnvironment(environment.variables),
    newId,
    safe: (text) => mask(clean(text)),
  };
}
