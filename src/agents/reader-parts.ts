import { objectOf } from './json.ts';
import type { ProviderEvent } from './provider.ts';
import { toolDetail } from './tool-detail.ts';

/** Follows the tool calls of one run; what is not the start or the end of one gives nothing. */
export interface ToolCalls {
  start(id: unknown, name: unknown, input: unknown): readonly ProviderEvent[];
  end(id: unknown): readonly ProviderEvent[];
}

/** For readers of CLIs that name a tool only at its start. */
export function createToolCalls(): ToolCalls {
  const open = new Map<string, string>();
  return {
    start(id, name, input) {
      if (typeof id !== 'string' || typeof name !== 'string') return [];
      open.set(id, name);
      const detail = toolDetail(objectOf(input));
      return [{ type: 'tool', id, phase: 'start', name, ...(detail === null ? {} : { detail }) }];
    },
    end(id) {
      const name = typeof id === 'string' ? open.get(id) : undefined;
      if (typeof id !== 'string' || name === undefined) return [];
      open.delete(id);
      return [{ type: 'tool', id, phase: 'end', name }];
    },
  };
}

/** Hands on what the model says: `begins` a message of its own, set apart from the one before, or goes on with it. */
export type Speech = (text: unknown, begins: boolean) => readonly ProviderEvent[];

export function createSpeech(): Speech {
  let wrote = false;
  return (text, begins) => {
    if (typeof text !== 'string' || text === '') return [];
    const separated = begins && wrote ? `\n\n${text}` : text;
    wrote = true;
    return [{ type: 'text', text: separated }];
  };
}
