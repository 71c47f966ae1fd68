import type { AgentProvider } from '../../agents/provider.ts';
import { UserError } from '../../errors.ts';
import type { Mind } from '../moderator.ts';
import { createChatMind } from './chat.ts';
import { createCliModel } from './cli-model.ts';
import { createCommandMind } from './command.ts';
import { createNamedMind } from './named.ts';
import type { RunProvider } from './provider-call.ts';
import { createSearchMind } from './search.ts';

/** The `moderator` section, as far as it chooses the mind. */
export interface MindChoice {
  /** `auto`, `search`, `command`, a provider's name, or a LangChain model (`anthropic:…`). */
  readonly model: string;
  /** argv of `command`. */
  readonly command: readonly string[] | null;
  readonly tracing: boolean;
}

export interface MindTools {
  readonly providers: readonly AgentProvider[];
  readonly run: RunProvider;
  /** Ours, kept empty: minds that are processes run there. */
  readonly directory: string;
  /** The name that `auto` stands for on this machine: a provider that is installed and signed in, else `search`. */
  automatic(): Promise<string>;
}

/**
 * The mind that `moderator.model` names. Rejects with a UserError when it cannot be made (unknown name, missing argv, missing
 * package). The choice holds as long as the mind is kept: a failure never makes another one of it.
 */
export async function chooseMind(choice: MindChoice, tools: MindTools): Promise<Mind> {
  const name = choice.model === 'auto' ? await tools.automatic() : choice.model;
  if (name === 'search') return createSearchMind();
  const { run, directory } = tools;
  const provider = tools.providers.find((entry) => entry.name === name);
  if (name === 'command' && provider !== undefined) {
    if (choice.command === null || choice.command.length === 0) {
      throw new UserError('bad-config', 'moderator.model is command, but moderator.command names no program.', {
        exit: 2,
      });
    }
    return createCommandMind({ argv: choice.command, provider, run, directory });
  }
  if (provider?.capabilities.mind === true) {
    return createChatMind({
      name,
      model: (request) => createCliModel({ provider, run, directory }, request),
      windowTokens: null,
      tracing: choice.tracing,
    });
  }
  if (name.includes(':')) return createNamedMind({ model: name, tracing: choice.tracing });
  throw unknownModel(name, tools.providers);
}

function unknownModel(name: string, providers: readonly AgentProvider[]): UserError {
  const usable = providers.filter((entry) => entry.capabilities.mind).map((entry) => entry.name);
  return new UserError('unknown-model', `moderator.model "${name}" is not known.`, {
    hint: `Use auto, search, command, ${usable.join(', ')}, or a LangChain model such as anthropic:claude-sonnet-4-5.`,
    exit: 2,
  });
}
