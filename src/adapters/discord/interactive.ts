import type { CommandCall, Press, SharedHost, SurfaceRecords } from '../adapter.ts';
import { askedIn, opensTurn } from '../inbound.ts';
import { sentenceOf } from '../refusals.ts';
import type { Threads } from '../threads.ts';
import { conversationOf, type DiscordAddress, placeOf } from './address.ts';
import { pressed } from './buttons.ts';
import { type GivenCall, type GivenOption, readGiven, withText } from './call.ts';
import type { Channels } from './channels.ts';
import { askMenu } from './commands.ts';
import { suggest } from './complete.ts';
import { aboutForm, field, sentForm, textForm } from './forms.ts';
import type { Hear } from './hear.ts';
import { type Interaction, readInteraction } from './interactions.ts';
import { renderSentence } from './render.ts';
import type { Responses } from './responses.ts';
import type { Identity } from './rest.ts';
import type { Whisper } from './whisper.ts';

export interface InteractiveOptions {
  readonly host: SharedHost;
  readonly identity: Identity;
  readonly hear: Pick<Hear, 'request' | 'read'>;
  readonly channels: Channels;
  readonly threads: Pick<Threads, 'get'>;
  /** Conversations by the messages that answered in them. */
  readonly answered: Pick<SurfaceRecords<string>, 'get'>;
  readonly whisper: Pick<Whisper, 'reply'>;
  readonly responses: Responses;
  /** Commands whose text is being written into a form, by their interactions. */
  readonly forms: SurfaceRecords<GivenForm>;
}

export type GivenForm = Extract<GivenCall, { kind: 'form' }>;

/** Slash commands, buttons, menus, forms and suggestions. */
export interface Interactive {
  handle(data: unknown): Promise<void>;
}

/** What is asked, and where it stands. */
interface Asked {
  readonly text: string;
  readonly command: CommandCall | null;
  /** For everybody to see, and the name of a thread. */
  readonly announce: string | null;
  readonly conversation: string | null;
  /** The message that it is about. */
  readonly message: string | null;
  /** A button instead of a text. */
  readonly press?: Press;
}

const refusal =
  'You may not ask any agent here. Whoever keeps the configuration can add a rule for you under "access".';
const formMs = 3_600_000;
const receipt = 'Taken. The answer comes here.';
const threadReceipt = 'Taken. The answer comes here, in a thread.';

export function createInteractive(options: InteractiveOptions): Interactive {
  const { host, identity, hear, channels, threads, whisper, responses } = options;

  async function ask(interaction: Interaction, asked: Asked): Promise<boolean> {
    const { id, at, token, author, guild } = interaction;
    const facts = await channels.facts(interaction.channel, guild);
    const { text, command, press } = asked;
    const isTurn = press !== undefined || opensTurn(command, host.commands);
    const isAbout = asked.message !== null && facts.thread === null;
    const known = facts.thread === null ? null : await threads.get(facts.thread);
    const root = facts.thread ?? (guild === null ? facts.channel : isTurn ? id : facts.channel);
    const address: DiscordAddress = {
      id,
      at,
      conversation: asked.conversation ?? known?.conversation ?? conversationOf(root),
      guild,
      channel: facts.channel,
      thread: facts.thread,
      message: isAbout ? asked.message : null,
      user: author.id,
      title: isTurn && facts.thread === null ? asked.announce : null,
      announce: isTurn ? asked.announce : null,
      respond: isTurn ? null : token,
      fallback: token,
      earlier: null,
      about: asked.message,
      // A question is everybody's; what else is pressed is answered where it was.
      pressed: press === undefined || press.kind === 'ask' ? null : interaction.message,
    };
    const place = placeOf(identity.application, facts);
    const pressing = press === undefined ? {} : { press };
    return hear.request({ address, place, author, addressed: 'command', text, command, ...pressing });
  }

  async function given(interaction: Interaction, what: GivenCall): Promise<void> {
    if (what.kind !== 'call') {
      const problem = what.kind === 'problem' ? what.problem : { message: 'The text is missing.', hint: null };
      return tell(interaction, sentenceOf(problem));
    }
    const { call, text } = what;
    const announce = askedIn(call) ?? text;
    const taken = await ask(interaction, { text, command: call, announce, conversation: null, message: null });
    if (taken && opensTurn(call, host.commands)) await confirm(interaction);
  }

  async function confirm(interaction: Interaction): Promise<void> {
    const { thread, guild } = await channels.facts(interaction.channel, interaction.guild);
    await responses.say(interaction, thread === null && guild !== null ? threadReceipt : receipt);
  }

  async function tell(interaction: Interaction, sentence: string): Promise<void> {
    const text = renderSentence(sentence);
    if (await responses.say(interaction, text)) return;
    const { channel, author } = interaction;
    await whisper.reply({ channel, message: null, user: author.id }, text);
  }

  async function command(interaction: Interaction): Promise<void> {
    const what = readGiven(interaction.name, interaction.options.map(named(interaction)), host.commands);
    if (what.kind !== 'form') return given(interaction, what);
    if (!(await mayAsk(interaction))) return;
    // A form can only be the first answer.
    await options.forms.set(interaction.id, what, { ttl: formMs });
    if (await responses.form(interaction, textForm(interaction.id, what.call.name))) return;
    await tell(interaction, 'The form could not be opened in time. Try again.');
  }

  /** Options with people by name. */
  function named({ mentions, guild }: Interaction): (option: GivenOption) => GivenOption {
    const name = (option: GivenOption): GivenOption => ({
      ...option,
      ...(typeof option.value === 'string' ? { value: hear.read(option.value, mentions, guild) } : {}),
      ...(option.options === undefined ? {} : { options: option.options.map(name) }),
    });
    return name;
  }

  /** Nobody writes into a form what is refused afterwards. */
  async function mayAsk(interaction: Interaction): Promise<boolean> {
    const facts = await channels.facts(interaction.channel, interaction.guild);
    if (host.may(placeOf(identity.application, facts), interaction.author, 'read')) return true;
    await tell(interaction, refusal);
    return false;
  }

  async function menu(interaction: Interaction): Promise<void> {
    const { target: message } = interaction;
    if (interaction.name !== askMenu || message === null || !(await mayAsk(interaction))) return;
    if (await responses.form(interaction, aboutForm(message))) return;
    await tell(interaction, 'The form could not be opened in time. Try again.');
  }

  async function form(interaction: Interaction): Promise<void> {
    const sent = sentForm(interaction.customId);
    if (sent === null) return;
    const text = hear.read(interaction.values.get(field)?.trim() ?? '', interaction.mentions, interaction.guild);
    if (sent.kind === 'text') {
      const begun = await options.forms.get(sent.interaction);
      if (begun === undefined) return tell(interaction, 'This form is too old: begin the command again.');
      return given(interaction, withText(begun, text));
    }
    if (text === '') return tell(interaction, 'Write what you want to know.');
    // About an answer of ours: its conversation knows it.
    const conversation = (await options.answered.get(sent.message)) ?? null;
    const asked = { text, command: null, announce: text, conversation, message: sent.message };
    if (await ask(interaction, asked)) await confirm(interaction);
  }

  async function press(interaction: Interaction): Promise<void> {
    const button = pressed(interaction.customId, interaction.chosen);
    if (button === null) return;
    if (button.kind === 'press') {
      const { press: about } = button;
      await ask(interaction, {
        text: '',
        command: null,
        announce: null,
        conversation: null,
        message: null,
        press: about,
      });
      return;
    }
    const { kind, conversation } = button;
    const args: CommandCall['args'] = kind === 'stop' && button.turn !== '' ? { what: button.turn } : {};
    const call = { name: kind, subcommand: null, args };
    const asked = {
      text: `/${kind}`,
      command: call,
      announce: null,
      conversation: conversation || null,
      message: null,
    };
    if (kind === 'stop') return void (await ask(interaction, asked));
    // However many press it, and how often: one message of ours is tried again once.
    const once = { ...interaction, id: `retry:${interaction.message ?? interaction.id}` };
    if (await ask(once, asked)) await responses.used(interaction);
  }

  async function typing(interaction: Interaction): Promise<void> {
    const { name, author } = interaction;
    const facts = await channels.facts(interaction.channel, interaction.guild);
    const place = placeOf(identity.application, facts);
    const choices = await suggest({ name, options: interaction.options }, { host, place, author });
    await responses.suggestions(interaction, choices);
  }

  return {
    async handle(data) {
      const interaction = readInteraction(data);
      if (interaction === null) return;
      responses.opened(interaction);
      const handlers = { command, menu, press, typing, form };
      try {
        await handlers[interaction.kind](interaction);
      } finally {
        await responses.done(interaction);
      }
    },
  };
}
