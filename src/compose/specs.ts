import type { RightsService } from '../commands/services.ts';
import { lazy } from '../lazy.ts';
import type { Specs } from '../runtime/specs.ts';
import { createWriters } from '../runtime/writers.ts';
import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';

/** Documents that become files of a project. What needs the markdown parser is loaded with the first one. */
export function joinSpecs({ ledger, config, log, newId, safe }: Ground, crew: Crew, rights: RightsService): Specs {
  const made = lazy(async () => {
    const { createSpecs } = await import('../runtime/specs.ts');
    const writers = createWriters(rights, crew.registry.agents);
    const { folder } = config.autorun;
    return createSpecs({ ledger, rights, writers, folder, log, newId, safe });
  });
  return {
    take: async (message) => (await made()).take(message),
    settle: async (turn) => (await made()).settle(turn),
    buttons: async (message, result) => (await made()).buttons(message, result),
  };
}
