import { escapeDiscord } from '../../markdown/discord.ts';
import type { CommandCall, SharedHost, SurfaceRecords } from '../adapter.ts';
import { askedIn, opensTurn } from '../inbound.ts';
import { sentenceOf } from '../refusals.ts';
import type { Threads } from '../threads.ts';
import type { Acknowledge } from './acknowledge.ts';
import { conversationOf, type DiscordAddress, placeOf } from './address.ts';
import { pressed } from './buttons.ts';
import { type GivenCall, type GivenOption, readGiven, withText } from './call.ts';
import type { Channels } from './channels.ts';
import { askMenu } from './commands.ts';
import { suggest } from './complete.ts';
import { aboutForm, field, sentForm, textForm } from './forms.ts';
import type { Hear } from './hear.ts';
import { type Interaction, readInteraction } from './interactions.ts';
import type { Identity } from './rest.ts';
import type { Whisper } from './whisper.ts';

export interface InteractiveOptions {
  readonly host: SharedHost;
  readonly identity: Identity;
  readonly hear: Pick<Hear, 'request' | 'read'>;
  readonly channels: Channels;
  readonly threads: Pick<Threads, 'get'>;
  readonly whisper: Whisper;
  readonly acknowledge: Acknowledge;
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
}

const refusal =
  'You may not ask any agent here. Whoever keeps the configuration can add a rule for you under "access".';
const formMs = 3_600_000;
const receipt = 'Taken. The answer comes here.';
const threadReceipt = 'Taken. The answer comes here, in a thread.';

export function createInteractive(options: InteractiveOptions): Interactive {
  const { host, identity, hear, channels, threads, whisper, acknowledge } = options;

  /** `token`: what comes back may be said by it; null where Discord did not take our acknowledgement in time. */
  async function ask(interaction: Interaction, token: string | null, asked: Asked): Promise<boolean> {
    const { id, at, author, guild } = interaction;
    const facts = await channels.facts(interaction.channel, guild);
    const isTurn = opensTurn(asked.command, host.commands);
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
    };
    const place = placeOf(identity.application, facts);
    const { text, command } = asked;
    return hear.request({ address, place, author, addressed: 'command', text, command });
  }

  async function given(interaction: Interaction, token: string | null, what: GivenCall): Promise<void> {
    if (what.kind !== 'call') {
      const problem = what.kind === 'problem' ? what.problem : { message: 'The text is missing.', hint: null };
      return tell(interaction, token, sentenceOf(problem));
    }
    const { call, text } = what;
    const announce = askedIn(call) ?? text;
    const taken = await ask(interaction, token, { text, command: call, announce, conversation: null, message: null });
    if (taken && opensTurn(call, host.commands)) await confirm(interaction, token);
  }

  async function confirm(interaction: Interaction, token: string | null): Promise<void> {
    const { thread, guild } = await channels.facts(interaction.channel, interaction.guild);
    if (token !== null) await say(interaction, token, thread === null && guild !== null ? threadReceipt : receipt);
  }

  async function tell(interaction: Interaction, token: string | null, sentence: string): Promise<void> {
    const text = escapeDiscord(sentence);
    if (token !== null && (await say(interaction, token, text))) return;
    const { channel, author } = interaction;
    await whisper.reply({ channel, message: null, user: author.id }, text);
  }

  function say({ at }: Interaction, token: string, text: string): Promise<boolean> {
    return whisper.answer({ token, at }, text);
  }

  async function command(interaction: Interaction): Promise<void> {
    const what = readGiven(interaction.name, interaction.options.map(named(interaction)), host.commands);
    if (what.kind === 'form') {
      if (!(await mayAsk(interaction))) return;
      // A form can only be the first answer.
      await options.forms.set(interaction.id, what, { ttl: formMs });
      if (await acknowledge.form(interaction, textForm(interaction.id, what.call.name))) return;
      return tell(interaction, null, 'The form could not be opened in time. Try again.');
    }
    const token = (await acknowledge.promise(interaction)) ? interaction.token : null;
    await given(interaction, token, what);
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
    await tell(interaction, (await acknowledge.promise(interaction)) ? interaction.token : null, refusal);
    return false;
  }

  async function menu(interaction: Interaction): Promise<void> {
    const { target: message } = interaction;
    if (interaction.name !== askMenu || message === null || !(await mayAsk(interaction))) return;
    if (await acknowledge.form(interaction, aboutForm(message))) return;
    await tell(interaction, null, 'The form could not be opened in time. Try again.');
  }

  async function form(interaction: Interaction): Promise<void> {
    const sent = sentForm(interaction.customId);
    if (sent === null) return;
    const token = (await acknowledge.promise(interaction)) ? interaction.token : null;
    const text = hear.read(interaction.values.get(field)?.trim() ?? '', interaction.mentions, interaction.guild);
    if (sent.kind === 'text') {
      const begun = await options.forms.get(sent.interaction);
      if (begun === undefined) return tell(interaction, token, 'This form is too old: begin the command again.');
      return given(interaction, token, withText(begun, text));
    }
    if (text === '') return tell(interaction, token, 'Write what you want to know.');
    const asked = { text, command: null, announce: text, conversation: null, message: sent.message };
    if (await ask(interaction, token, asked)) await confirm(interaction, token);
  }

  async function press(interaction: Interaction): Promise<void> {
    const button = pressed(interaction.customId);
    const token = (await acknowledge.silently(interaction)) ? interaction.token : null;
    if (button === null) return;
    const { kind, conversation } = button;
    const args: CommandCall['args'] = kind === 'stop' && button.turn !== '' ? { what: button.turn } : {};
    const command = { name: kind, subcommand: null, args };
    const asked = { text: `/${kind}`, command, announce: null, conversation: conversation || null, message: null };
    if (kind === 'stop') return void (await ask(interaction, token, asked));
    // However many press it, and how often: one message of ours is tried again once.
    const once = { ...interaction, id: `retry:${interaction.message ?? interaction.id}` };
    if ((await ask(once, token, asked)) && token !== null) await acknowledge.used(interaction);
  }

  async function typing(interaction: Interaction): Promise<void> {
    const { name, author } = interaction;
    const facts = await channels.facts(interaction.channel, interaction.guild);
    const place = placeOf(identity.application, facts);
    await acknowledge.suggestions(
      interaction,
      await suggest({ name, options: interaction.options }, { host, place, author }),
    );
  }

  return {
    async handle(data) {
      const interaction = readInteraction(data);
      if (interaction === null) return;
      const handlers = { command, menu, press, typing, form };
      await handlers[interaction.kind](interaction);
    },
  };
}
