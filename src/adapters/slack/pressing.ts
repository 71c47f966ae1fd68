import { randomUUID } from 'node:crypto';
import type { KnownBlock, WebClient } from '@slack/web-api';
import { type Fields, fields, isFields, list, parsedFields, text } from '../untyped.ts';
import { threadKey } from './address.ts';
import type { Ask, Asker } from './asking.ts';
import type { People } from './people.ts';
import { pressedIn, retryAction } from './press-blocks.ts';
import { stopAction } from './status-message.ts';
import type { Identity } from './web.ts';

export interface PressingOptions {
  readonly client: WebClient;
  readonly identity: Identity;
  readonly people: Pick<People, 'name'>;
  readonly ask: Ask;
}

/** What buttons and menus do. Everything resolves when it may be acknowledged. */
export interface Pressing {
  pressed(body: unknown): Promise<void>;
  /** Stops a turn; whatever runs in the conversation where it is empty. */
  stop(asker: Asker, turn: string): Promise<void>;
}

/** Buttons that stand for a command. */
const plainActions: ReadonlySet<unknown> = new Set([stopAction, retryAction]);

export function createPressing({ client, identity, people, ask }: PressingOptions): Pressing {
  async function stop(asker: Asker, turn: string): Promise<void> {
    const command = { name: 'stop', subcommand: null, args: turn === '' ? {} : { what: turn } };
    await ask(asker, { text: '/stop', command });
  }

  /** However many press it, and how often: one message of ours is tried again once, and its button goes. */
  async function retry(asker: Asker, message: Fields): Promise<void> {
    const { channel } = asker;
    const ts = text(message.ts);
    const command = { name: 'retry', subcommand: null, args: {} };
    const id = threadKey(identity.team, channel, `retry:${ts}`);
    const where = { respond: null, fallback: asker.respond };
    if (!(await ask({ ...asker, ...where, id }, { text: '/retry', command }))) return;
    const blocks = list(message.blocks).filter((block) => !holdsRetry(block)) as KnownBlock[];
    // Nobody waits for it: an acknowledgement must not.
    client.chat.update({ channel, ts, text: text(message.text), blocks }).catch(() => undefined);
  }

  return {
    stop,
    async pressed(body) {
      if (!isFields(body) || !Array.isArray(body.actions)) return;
      const [pressed] = body.actions.filter(isFields);
      const press = pressedIn(pressed);
      if (pressed === undefined || (press === null && !plainActions.has(pressed.action_id))) return;
      const value = press === null ? parsedFields(text(pressed.value)) : {};
      const [user, channel] = [
        isFields(body.user) ? body.user : {},
        isFields(body.channel) ? text(body.channel.id) : '',
      ];
      const message = isFields(body.message) ? body.message : {};
      const asker: Asker = {
        id: `${threadKey(identity.team, channel, 'press')}:${text(pressed.action_ts) || randomUUID()}:${text(user.id)}`,
        user: text(user.id),
        name: await people.name(text(user.id)),
        channel,
        type: null,
        thread: text(message.thread_ts) || text(message.ts),
        conversation: text(value.conversation) || null,
        respond: text(body.response_url) || null,
        announce: null,
        earlier: null,
      };
      if (press === null && pressed.action_id === stopAction) return stop(asker, text(value.turn));
      if (press === null) return retry(asker, message);
      // What goes wrong is said to whoever pressed; a question is everybody's.
      const where = { respond: null, fallback: asker.respond };
      const about = press.kind === 'ask' ? null : text(message.ts);
      await ask({ ...asker, ...where, pressed: about }, { text: '', command: null, press });
    },
  };
}

function holdsRetry(block: unknown): boolean {
  return list(fields(block).elements).some((element) => fields(element).action_id === retryAction);
}
