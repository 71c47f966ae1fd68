import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { CommandCall, SharedHost } from '../adapter.ts';
import { parseText } from '../grammar.ts';
import { askedIn, opensTurn } from '../inbound.ts';
import { sentenceOf } from '../refusals.ts';
import type { Threads } from '../threads.ts';
import { isFields, text } from '../untyped.ts';
import { threadKey } from './address.ts';
import { type Asker, createAsking } from './asking.ts';
import type { Channels } from './channels.ts';
import type { Hear } from './hear.ts';
import { homeView } from './home.ts';
import type { People } from './people.ts';
import { createPressing } from './pressing.ts';
import { askCallback, askView, readSubmission } from './question-form.ts';
import { renderSentence } from './render.ts';
import type { Identity } from './web.ts';
import type { Whisper } from './whisper.ts';

export interface InteractiveOptions {
  readonly host: SharedHost;
  readonly client: WebClient;
  readonly identity: Identity;
  readonly hear: Pick<Hear, 'request' | 'read'>;
  readonly people: People;
  readonly channels: Channels;
  readonly threads: Pick<Threads, 'get'>;
  readonly whisper: Whisper;
  /** Before the names of our slash commands. */
  readonly commandPrefix: string;
  readonly log: Log;
  now(): Date;
}

/** Slash commands, buttons, shortcuts, forms and the app's own page. All resolve when they may be acknowledged. */
export interface Interactive {
  command(body: unknown): Promise<void>;
  action(body: unknown): Promise<void>;
  shortcut(body: unknown): Promise<void>;
  /** Problems by input, or null when the form may be closed. */
  submission(body: unknown, view: unknown): Promise<Record<string, string> | null>;
  event(event: unknown): Promise<void>;
}

export function createInteractive(options: InteractiveOptions): Interactive {
  const { host, identity, people, whisper, client } = options;
  const ask = createAsking(options);
  const pressing = createPressing({ client, identity, people, ask });

  function tell(asker: Pick<Asker, 'channel' | 'thread' | 'user' | 'respond'>, sentence: string): void {
    void whisper.say(asker, renderSentence(sentence));
  }

  return {
    async command(body) {
      if (!isFields(body)) return;
      const written = text(body.command).replace(/^\//, '');
      const name = written.startsWith(options.commandPrefix) ? written.slice(options.commandPrefix.length) : written;
      const [user, channel] = [text(body.user_id), text(body.channel_id)];
      const asker = { channel, user, thread: null, respond: text(body.response_url) || null };
      const rest = await options.hear.read(text(body.text));
      const parsed = parseText(`/${name} ${rest}`, host.commands, { bare: false });
      if (parsed === null || !parsed.ok) {
        const problem = parsed === null ? { message: `There is no command /${written}.`, hint: null } : parsed.problem;
        return tell(asker, sentenceOf(problem));
      }
      const { call } = parsed;
      const isTurn = opensTurn(call, host.commands);
      await ask(
        {
          ...asker,
          id: `${threadKey(identity.team, channel, 'command')}:${text(body.trigger_id) || randomUUID()}`,
          name: text(body.user_name) || user,
          type: typeOf(text(body.channel_name)),
          conversation: isTurn ? null : `slack:${identity.team}:${channel}`,
          respond: isTurn ? null : asker.respond,
          fallback: asker.respond,
          announce: isTurn ? announcement(call, rest) : null,
          earlier: null,
        },
        { text: `/${name} ${rest}`.trim(), command: call },
      );
    },

    action: pressing.pressed,

    async shortcut(body) {
      if (!isFields(body) || body.callback_id !== askCallback || !isFields(body.message)) return;
      const channel = isFields(body.channel) ? text(body.channel.id) : '';
      const user = isFields(body.user) ? text(body.user.id) : '';
      const thread = text(body.message.thread_ts) || text(body.message.ts);
      const view = askView({ channel, thread, about: text(body.message.ts) });
      await client.views.open({ trigger_id: text(body.trigger_id), view }).catch(() => {
        tell(
          { channel, thread: null, user, respond: text(body.response_url) || null },
          'The form could not be opened. Try again.',
        );
      });
    },

    async submission(body, view) {
      const form = readSubmission(view);
      const user = isFields(body) && isFields(body.user) ? text(body.user.id) : '';
      if (form === null || user === '') return null;
      if (form.question === '') return { question: 'Write what you want to know.' };
      const asker: Asker = {
        id: `${threadKey(identity.team, form.channel, 'form')}:${form.id}`,
        user,
        name: await people.name(user),
        channel: form.channel,
        type: null,
        thread: form.thread,
        conversation: null,
        respond: null,
        announce: form.question,
        earlier: 'all',
        about: form.about,
      };
      const taken = await ask(asker, { text: await options.hear.read(form.question), command: null });
      return taken ? null : { question: 'That cannot be asked here; the reason was sent to you in the thread.' };
    },

    async event(event) {
      if (!isFields(event)) return;
      const user = text(event.user);
      if (event.type === 'app_home_opened' && event.tab !== 'messages') {
        const view = await homeView(host, identity, await people.author(user, false), text(event.channel));
        await client.views.publish({ user_id: user, view }).catch(() => undefined);
      }
      if (event.type === 'agent_session_stopped') {
        const thread = text(event.thread_ts);
        const channel = text(event.channel);
        const asker = {
          user,
          channel,
          type: null,
          thread,
          conversation: null,
          respond: null,
          announce: null,
          earlier: null,
        };
        await pressing.stop(
          {
            ...asker,
            id: `${threadKey(identity.team, channel, thread)}:stopped:${text(event.event_ts)}`,
            name: await people.name(user),
          },
          '',
        );
      }
    },
  };
}

function announcement(call: CommandCall, rest: string): string {
  return askedIn(call) ?? `/${call.name} ${rest}`.trim();
}

/** What slash commands say of their channel: private ones are named as such. */
function typeOf(name: string): string | null {
  if (name === 'directmessage') return 'im';
  return name === 'privategroup' ? 'group' : null;
}
