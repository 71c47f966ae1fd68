import type { OutboxPart, TurnEvent } from './adapter.ts';
import type { StatusMessage } from './status-message.ts';
import { createTurnDisplay, type TurnDisplay } from './turn-display.ts';

export interface TurnsPort<A> {
  /** The status message of a turn. */
  status(address: A): StatusMessage;
  /** An agent's reply. Resolves when it stands in the lane, not when it is posted: the answer comes after it all the same. */
  voice(address: A, agent: string, round: number, markdown: string): Promise<void>;
  clock(): number;
}

/** What is shown of the turns that run in this process, by the message that each one answers. */
export interface Turns<A> {
  event(address: A, event: TurnEvent): void;
  /** The turn ends with this part; resolves when all that was said before it stands in its lane. */
  close(address: A, part: OutboxPart): Promise<void>;
  has(id: string): boolean;
  /** Of the messages whose turns are shown now. */
  ids(): readonly string[];
}

interface Turn {
  readonly display: TurnDisplay;
  /** Voices in the order in which they were said. */
  said: Promise<void>;
}

export function createTurns<A extends { readonly id: string }>(port: TurnsPort<A>): Turns<A> {
  const turns = new Map<string, Turn>();

  function turnOf(address: A): Turn {
    const known = turns.get(address.id);
    if (known !== undefined) return known;
    const status = port.status(address);
    const turn: Turn = {
      said: Promise.resolve(),
      display: createTurnDisplay(
        {
          status: status.show,
          voice(agent, round, markdown) {
            turn.said = turn.said.then(() => port.voice(address, agent, round, markdown)).catch(() => undefined);
          },
        },
        port.clock,
      ),
    };
    turns.set(address.id, turn);
    return turn;
  }

  return {
    event: (address, event) => turnOf(address).display.event(event),
    async close(address, part) {
      const turn = turnOf(address);
      turn.display.close(part);
      await turn.said;
      turns.delete(address.id);
    },
    has: (id) => turns.has(id),
    ids: () => [...turns.keys()],
  };
}
