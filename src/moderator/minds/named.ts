import { UserError } from '../../errors.ts';
import type { Mind } from '../moderator.ts';
import { createChatMind } from './chat.ts';

export interface NamedMindOptions {
  /** As LangChain writes it: `anthropic:claude-…`, `openai:…`, `ollama:…`. */
  readonly model: string;
  readonly tracing: boolean;
}

/**
 * A model that LangChain reaches itself, with the key from the environment. Rejects with a UserError when its package is missing
 * (`package-missing`, with the command that installs it) or the model cannot be made (`model-unusable`).
 */
export async function createNamedMind({ model: name, tracing }: NamedMindOptions): Promise<Mind> {
  const { initChatModel } = await import('langchain/chat_models/universal');
  const model = await initChatModel(name, { maxRetries: 2 }).catch((error: unknown) => {
    throw explain(name, error);
  });
  return createChatMind({
    name,
    model: async () => model,
    windowTokens: model.profile.maxInputTokens ?? null,
    tracing,
  });
}

function explain(name: string, error: unknown): UserError {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /Unable to import (@?[\w/-]+)/.exec(message)?.[1];
  if (missing !== undefined) {
    return new UserError('package-missing', `The moderator's model ${name} needs the package ${missing}.`, {
      hint: `Run \`npm install ${missing}\` where Tutti is installed.`,
      exit: 2,
      cause: error,
    });
  }
  return new UserError('model-unusable', `The moderator's model ${name} cannot be used: ${message.split('\n')[0]}`, {
    hint: 'Check moderator.model, and the key that this model needs in the environment.',
    exit: 2,
    cause: error,
  });
}
