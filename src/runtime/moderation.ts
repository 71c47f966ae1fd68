import { randomBytes } from 'node:crypto';
import type { InboundMessage, RoundResult, TurnEvent } from '../adapters/adapter.ts';
import type { Agents } from '../agents/agents.ts';
import type { AgentProvider } from '../agents/provider.ts';
import type { Registry } from '../agents/registry.ts';
import type { Config, ModeratorConfig } from '../config/shape.ts';
import type { Secret } from '../mask.ts';
import { chooseMind } from '../moderator/minds/choose.ts';
import type { Mind, Moderator } from '../moderator/moderator.ts';
import { createModerator } from '../moderator/rounds.ts';

export interface ModerationOptions {
  readonly config: Pick<Config, 'moderator' | 'channels'>;
  readonly agents: Agents;
  readonly registry: Registry;
  readonly providers: readonly AgentProvider[];
  /** The name that `auto` stands for on this machine. */
  automatic(): Promise<string>;
  /** Asks for `auto` anew the next time: what it rested on has failed. */
  forgetAutomatic(): Promise<void>;
  /** Ours, kept empty: minds that are processes run there. */
  readonly directory: string;
  readonly secrets: readonly Secret[];
}

/** The moderator of one question, and what is known of it afterwards. */
export interface Moderation {
  readonly moderator: Moderator;
  /** Whether no model was involved: neither the mind nor any agent that was asked. */
  extractive(rounds: readonly RoundResult[]): Promise<boolean>;
}

export type Moderate = (
  model: string | null,
  message: InboundMessage,
  progress: (event: TurnEvent) => void,
) => Moderation;

/** Makes the moderator for each question: its mind is chosen when it is first needed, by the question, its place, or the configuration. */
export function createModeration(options: ModerationOptions): Moderate {
  return (model, message, progress) => {
    let mind: Mind | null = null;
    const section = sectionFor(options.config, message.place.channel, model);
    const choose = async () => {
      mind ??= watched(await chooseMind(section, { ...options, run: options.agents.run }), section.model, options);
      if (section.model === 'auto') progress({ type: 'notice', message: `moderator: ${mind.name}` });
      return mind;
    };
    const moderator = createModerator({
      mind: choose,
      secrets: options.secrets,
      random: () => randomBytes(8).toString('hex'),
    });
    return {
      moderator,
      extractive: async (rounds) => (mind === null || mind.extractive) && (await allExtractive(rounds, options)),
    };
  };
}

/** The section of the file, over which a place's defaults go, over which the question's own model goes. */
function sectionFor(
  { moderator, channels }: ModerationOptions['config'],
  channel: string,
  model: string | null,
): ModeratorConfig {
  const section = { ...moderator, ...channels[channel]?.moderator };
  return model === null ? section : { ...section, model };
}

/** `auto` rests on a sign-in: where that turns out to be gone, it is looked for anew with the next question, never within this one. */
function watched(mind: Mind, model: string, { forgetAutomatic }: ModerationOptions): Mind {
  if (model !== 'auto') return mind;
  const look = async <T extends { readonly decision: { readonly next: string } }>(call: Promise<T>): Promise<T> => {
    const result = await call;
    const { decision } = result;
    const reason = decision.next === 'failed' && 'reason' in decision ? decision.reason : null;
    if (reason === 'not-signed-in' || reason === 'not-installed') await forgetAutomatic();
    return result;
  };
  return {
    ...mind,
    decide: (question, rounds, call) => look(mind.decide(question, rounds, call)),
    conclude: (question, rounds, call) => look(mind.conclude(question, rounds, call)),
  };
}

async function allExtractive(
  rounds: readonly RoundResult[],
  { registry, agents }: ModerationOptions,
): Promise<boolean> {
  const names = new Set(rounds.flatMap((round) => round.asks.map((ask) => ask.agent.split('/')[0] ?? ask.agent)));
  for (const name of names) {
    const agent = await registry.find(name);
    const provider = agent === null ? null : await agents.providerOf(agent);
    if (provider?.capabilities.extractive !== true) return false;
  }
  return names.size > 0;
}
