import { type ApplicationCommandDataResolvable, type Client, Events, type Interaction, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { readyClient } from './client.ts';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from './double.ts';

/** Commands and what people do with them, answered by the real client. */

const ask = {
  name: 'ask',
  description: 'Asks.',
  options: [
    { type: 3, name: 'question', description: 'What?', required: true },
    { type: 3, name: 'agent', description: 'Whom?', autocomplete: true },
    { type: 11, name: 'file', description: 'About what?' },
  ],
} as const;
const autorun = {
  name: 'autorun',
  description: 'Runs.',
  options: [
    { type: 1, name: 'start', description: 'Starts.', options: [{ type: 3, name: 'path', description: 'Where?' }] },
  ],
} as const;
const commands: readonly ApplicationCommandDataResolvable[] = [ask, autorun, { type: 3, name: 'Ask about this' }];

type Answers = (interaction: Interaction, client: Client) => Promise<unknown>;

async function answering(answers: Answers, options: DoubleOptions = {}): Promise<DiscordDouble> {
  const discord = await startDiscord({ limits: 'fast', ...options });
  const client = await readyClient(discord);
  await client.application.commands.set([...commands], ids.guild);
  client.on(Events.InteractionCreate, (interaction) => void answers(interaction, client).catch(() => undefined));
  return discord;
}

describe('commands on the double', () => {
  it('are registered by the platform’s rules, and offered as they are registered', async () => {
    const discord = await startDiscord({ limits: 'fast' });
    const { application } = await readyClient(discord);
    const refused = (list: readonly object[], code: number) =>
      expect(application.commands.set(list as ApplicationCommandDataResolvable[], ids.guild)).rejects.toMatchObject({
        code,
      });
    const described = (name: string, more: object = {}) => ({ name, description: 'x', ...more });
    await refused(
      Array.from({ length: 101 }, (_, index) => described(`c${index}`)),
      30032,
    );
    await refused(
      Array.from({ length: 16 }, (_, index) => ({ type: 3, name: `c${index}` })),
      30032,
    );
    await refused([described('Upper')], 50035);
    await refused([described('a', { description: 'x'.repeat(101) })], 50035);
    const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });
    await refused([described('a', { options: Array.from({ length: 26 }, (_, index) => option(`o${index}`)) })], 50035);
    await refused([described('a', { options: [option('one'), option('two', { required: true })] })], 50035);
    const long = Array.from({ length: 25 }, (_, index) => option(`o${index}`, { description: 'x'.repeat(100) }));
    const group = (name: string) => ({ type: 1, name, description: 'x', options: long });
    await refused([described('a', { options: ['a', 'b', 'c', 'd'].map(group) })], 50035);
    await application.commands.set([ask], ids.guild);
    await expect(discord.command('nothing')).rejects.toThrow('No command nothing');
    await expect(discord.command('ask')).rejects.toThrow('question is needed');
    await expect(discord.command('ask', { question: 'x', other: 'y' })).rejects.toThrow('no option other');
    await expect(discord.command('ask', { question: 1 })).rejects.toThrow('takes a string');
    const [registered] = discord.commands(ids.guild);
    await application.commands.set([ask], ids.guild);
    expect(discord.commands(ids.guild)).toMatchObject([{ name: 'ask', id: registered?.id }]);
    await application.commands.set([ask]);
    await expect(discord.command('ask', { question: 'x' })).rejects.toThrow('offered twice');
    for (let day = 0; day < 2; day += 1) {
      const many = Array.from({ length: 99 }, (_, index) => described(`d${day}c${index}`));
      await application.commands.set(many, ids.guild);
    }
    await refused(
      Array.from({ length: 3 }, (_, index) => described(`e${index}`)),
      30034,
    );
  });

  it('are answered at once, or later, for all or for one', async () => {
    const seen: unknown[] = [];
    const discord = await answering(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options, member, appPermissions } = interaction;
      seen.push([
        options.getString('question'),
        options.getAttachment('file')?.name,
        member?.user.id,
        appPermissions.has('ManageWebhooks'),
      ]);
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('heard');
      await interaction.followUp('said to all');
    });
    const file = { name: 'a.md', type: 'text/markdown', content: Buffer.from('# A') };
    const outcome = await discord.command('ask', { question: 'why', file }, { user: ids.bob });
    expect(outcome.acknowledged).toMatchObject({ kind: 'deferred' });
    await waitFor(() => outcome.followUps.length === 1, 'the follow-up is there');
    expect(seen).toEqual([['why', 'a.md', ids.bob, true]]);
    expect(discord.whispers(ids.bob).map(({ text }) => text)).toEqual(['heard']);
    expect(discord.posts().map(({ text }) => text)).toEqual(['said to all']);
  });

  it('complete what is typed, and nest', async () => {
    const discord = await answering(async (interaction) => {
      if (interaction.isAutocomplete())
        return interaction.respond([{ name: interaction.options.getFocused(), value: 'api' }]);
      if (interaction.isChatInputCommand()) await interaction.reply(interaction.options.getSubcommand());
      return null;
    });
    expect(await discord.complete('ask', 'agent', 'ap')).toEqual([{ name: 'ap', value: 'api' }]);
    expect((await discord.command('autorun start', { path: 'x' })).original).toMatchObject({ text: 'start' });
    await expect(discord.complete('ask', 'question', 'x')).rejects.toThrow('does not complete');
    await expect(discord.command('autorun')).rejects.toThrow('needs a subcommand');
  });

  it('have to be acknowledged in time, once, and die after a while', async () => {
    const codes: unknown[] = [];
    const late = Promise.withResolvers<void>();
    const discord = await answering(
      async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const told = (problem: { readonly code: unknown }) => void codes.push(problem.code);
        if (interaction.options.getString('question') === 'late') {
          await late.promise;
          await interaction.reply('too late').catch(told);
          return;
        }
        await interaction.reply('in time');
        await interaction.client.rest
          .post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
            auth: false,
            body: { type: 4, data: { content: 'x' } },
          })
          .catch(told);
        discord.expireTokens();
        await interaction.followUp('x').catch(told);
      },
      { ackMs: 500 },
    );
    expect((await discord.command('ask', { question: 'late' })).acknowledged).toBeNull();
    late.resolve();
    await waitFor(() => codes.length === 1, 'the late answer is refused');
    expect((await discord.command('ask', { question: 'now' })).acknowledged?.kind).toBe('message');
    await waitFor(() => codes.length === 3, 'the others are refused');
    expect(codes).toEqual([10062, 40060, 50027]);
    expect(discord.posts().map(({ text }) => text)).toEqual(['in time']);
  });
});

describe('components on the double', () => {
  it('open modals, which are sent back, and change their message', async () => {
    const discord = await answering(async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.showModal({
          title: interaction.targetMessage.content,
          custom_id: 'form',
          components: [
            { type: 18, label: 'Text', component: { type: 4, custom_id: 'text', style: 1, required: true } },
          ],
        });
      if (interaction.isModalSubmit())
        await interaction.reply({
          content: interaction.fields.getTextInputValue('text'),
          components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', customId: 'go:1' }] }],
        });
      if (interaction.isButton()) await interaction.update({ content: 'gone', components: [] });
    });
    const opened = await discord.menu('Ask about this', discord.say('a message'));
    expect(opened.acknowledged).toMatchObject({ kind: 'modal', data: { title: 'a message' } });
    await expect(discord.submit(opened, { text: '' })).rejects.toThrow('needed');
    const sent = await discord.submit(opened, { text: 'typed' });
    const [post] = discord.posts();
    expect(post).toMatchObject({ text: 'typed', id: sent.original?.id });
    if (post === undefined) return;
    await expect(discord.press(post, 'stop')).rejects.toThrow('no stop');
    expect((await discord.press(post, 'go', ids.carol)).acknowledged?.kind).toBe('update');
    expect(discord.posts()).toMatchObject([{ text: 'gone', components: [] }]);
  });

  it('are chosen from, and used only by those who see them', async () => {
    const discord = await answering(async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join());
      if (interaction.isChatInputCommand()) {
        const options = ['a', 'b'].map((value) => ({ label: value, value }));
        await interaction.reply({
          flags: MessageFlags.Ephemeral,
          components: [{ type: 1, components: [{ type: 3, customId: 'pick', options }] }],
          content: 'pick',
        });
      }
    });
    const { original } = await discord.command('ask', { question: 'x' });
    if (original === null) throw new Error('It was answered.');
    await expect(discord.select(original, 'pick', ['a'], ids.bob)).rejects.toThrow('Only the one who sees');
    await expect(discord.select(original, 'pick', ['c'])).rejects.toThrow('does not offer c');
    expect((await discord.select(original, 'pick', ['b'])).original).toMatchObject({ text: 'b' });
  });
});
