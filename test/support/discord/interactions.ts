import { randomBytes } from 'node:crypto';
import type { Acknowledged, Outcome } from './handle.ts';
import { ApiProblem } from './problems.ts';
import type { PostedMessage } from './world.ts';

/** Interactions on their way: each has to be acknowledged once and in time, and its token dies later. */
export interface Interaction extends Outcome {
  readonly token: string;
  readonly sentAt: number;
  /** The message whose component was used. */
  readonly source: PostedMessage | null;
  /** Discord's number for the kind of a message that answers it. */
  readonly answerType: number;
  acknowledged: Acknowledged | null;
  original: PostedMessage | null;
  readonly followUps: PostedMessage[];
  expired: boolean;
}

export interface InteractionStore {
  readonly all: readonly Interaction[];
  begin(about: Pick<Interaction, 'kind' | 'user' | 'channel' | 'source' | 'answerType'>): Interaction;
  /** One that waits to be acknowledged. Throws 10062 where it is unknown or too late, 40060 where that was done before. */
  open(id: string, token: string): Interaction;
  acknowledge(interaction: Interaction, how: Pick<Acknowledged, 'kind' | 'data'>): void;
  /** The interaction behind a token that may still be used. Throws 10015 or 50027. */
  answered(token: string): Interaction;
  /** Resolves when it was acknowledged, or could not be any more. */
  settled(interaction: Interaction): Promise<void>;
  expireAll(): void;
}

export interface InteractionOptions {
  readonly ackMs: number;
  readonly tokenMs: number;
  snowflake(): string;
}

export function createInteractions({ ackMs, tokenMs, snowflake }: InteractionOptions): InteractionStore {
  const all: Interaction[] = [];
  const waiting = new Map<string, () => void>();
  return {
    all,
    begin(about) {
      const interaction: Interaction = {
        ...about,
        id: snowflake(),
        token: randomBytes(80).toString('base64url'),
        sentAt: performance.now(),
        acknowledged: null,
        original: null,
        followUps: [],
        expired: false,
      };
      all.push(interaction);
      return interaction;
    },
    open(id, token) {
      const found = all.find((one) => one.id === id && one.token === token);
      if (found === undefined) throw new ApiProblem(10062);
      if (found.acknowledged !== null) throw new ApiProblem(40060);
      if (performance.now() - found.sentAt > ackMs) throw new ApiProblem(10062);
      return found;
    },
    acknowledge(interaction, how) {
      interaction.acknowledged = { ...how, afterMs: performance.now() - interaction.sentAt };
      waiting.get(interaction.id)?.();
    },
    answered(token) {
      const found = all.find((one) => one.token === token);
      if (found === undefined) throw new ApiProblem(10015);
      if (found.expired || performance.now() - found.sentAt > tokenMs) throw new ApiProblem(50027);
      if (found.acknowledged === null) throw new ApiProblem(10015);
      return found;
    },
    async settled(interaction) {
      if (interaction.acknowledged !== null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(interaction.id, resolve);
      const timer = setTimeout(resolve, ackMs - (performance.now() - interaction.sentAt) + 50);
      await promise;
      clearTimeout(timer);
      waiting.delete(interaction.id);
    },
    expireAll() {
      for (const one of all) one.expired = true;
    },
  };
}
