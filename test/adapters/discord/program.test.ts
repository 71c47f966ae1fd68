import { describe, expect, it } from 'vitest';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { createScene, run, start } from '../../support/program.ts';
import { startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const config = { surfaces: { discord: {} }, access: [{ surface: 'discord', may: ['read', 'write'] }] };
const tutti = `<@${ids.bot}>`;

async function scene(script: Parameters<typeof createScene>[0]['script'], options: DoubleOptions = {}) {
  const discord = await startDiscord(options);
  const made = createScene({ agents: ['api'], script, config });
  return { discord, scene: { ...made, environment: { ...made.environment, ...discord.environment } } };
}

async function serving(made: Awaited<ReturnType<typeof scene>>) {
  const process = start(made.scene, ['serve']);
  await waitFor(() => process.output().includes('is ready on discord'), 'it is ready');
  return process;
}

const everywhere = (discord: DiscordDouble) =>
  [...discord.world.channels.keys()].flatMap((channel) => discord.posts(channel));
const answers = (discord: DiscordDouble) => everywhere(discord).filter(({ text }) => text.includes('the answer'));

describe('tutti serve on Discord', () => {
  it('says on one line that it is ready, answers, and ends gracefully when it is told to', async () => {
    const made = await scene({ agents: { api: [{ delayMs: 800, answer: 'the answer' }] } });
    const { child, ended } = await serving(made);
    made.discord.say(`${tutti} go`);
    await waitFor(() => made.scene.calls().length > 0, 'the agent works');
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^tutti \S+ is ready on discord · 1 agent\n$/);
    expect(answers(made.discord)).toHaveLength(1);
  });

  it('answers once though it is killed while an agent works, and between post and confirmation', async () => {
    const made = await scene({ agents: { api: [{ delayMs: 60_000 }, { answer: 'the answer' }] } });
    const first = await serving(made);
    const { id } = made.discord.say(`${tutti} go`);
    await waitFor(() => made.scene.calls().length > 0, 'the agent works');
    first.child.kill('SIGKILL');
    await first.ended;
    // Posted, and Discord's answer never comes.
    made.discord.stall('message.create', 60_000, 'after');
    const second = await serving(made);
    await waitFor(() => answers(made.discord).length > 0, 'it is posted');
    second.child.kill('SIGKILL');
    await second.ended;
    const before = made.discord.calls.length;
    const third = await serving(made);
    const looks = () => made.discord.calls.slice(before).filter(({ route }) => route === 'message.list');
    await waitFor(() => looks().length > 0, 'it looks for what was posted');
    third.child.kill('SIGTERM');
    expect((await third.ended).code).toBe(0);
    expect(answers(made.discord)).toHaveLength(1);
    expect(made.discord.posts(id)).toHaveLength(2);
  });

  it('answers a command though it is killed as soon as that is acknowledged', async () => {
    const made = await scene({ otherwise: { answer: 'the answer' } });
    const first = await serving(made);
    await waitFor(() => made.discord.commands().length > 0, 'the commands are registered');
    const { acknowledged } = await made.discord.command('ask', { question: 'why?' });
    first.child.kill('SIGKILL');
    expect(acknowledged).not.toBeNull();
    await first.ended;
    const second = await serving(made);
    await waitFor(() => answers(made.discord).length > 0, 'it is answered');
    second.child.kill('SIGTERM');
    await second.ended;
    expect(answers(made.discord)).toHaveLength(1);
    expect(everywhere(made.discord).filter(({ text }) => text.includes('asks: why?'))).toHaveLength(1);
  });

  it('ends with one clear line where a token is wrong or missing, or another serves already', async () => {
    const made = await scene({});
    const refused = await run(made.scene, ['serve'], { environment: { DISCORD_TOKEN: 'not.the.token' } });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('Discord does not accept $DISCORD_TOKEN');
    expect(refused.stderr).not.toMatch(/\n\s+at /);
    const missing = await run(made.scene, ['serve'], { environment: { DISCORD_TOKEN: '' } });
    expect(missing.stderr).toContain('$DISCORD_TOKEN is not set');
    const first = await serving(made);
    const second = await run(made.scene, ['serve']);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`Process ${first.child.pid} already serves discord:${ids.application}`);
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it.each([
    [4004, '$DISCORD_TOKEN'],
    [4013, 'intents'],
    [4014, 'Message Content Intent'],
  ])('ends when Discord closes with %i, and names the setting', async (code, named) => {
    const made = await scene({});
    const { ended } = await serving(made);
    made.discord.gateway.close(code);
    const { code: exit, stderr } = await ended;
    expect(exit).toBe(2);
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('does not start with an intent that is switched off where Discord does not tell before', async () => {
    const made = await scene({}, { messageContent: false });
    made.discord.refuse('application', 50001);
    const { code, stdout, stderr } = await run(made.scene, ['serve']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('may not use the Message Content Intent (4014)');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('serves Slack beside it, each in its own place', async () => {
    const made = await scene({ otherwise: { answer: 'the answer' } });
    const slack = await startSlack();
    const access = [{ surface: '*', may: ['read', 'write'] }];
    const both = createScene({
      agents: ['api'],
      script: { otherwise: { answer: 'the answer' } },
      config: { surfaces: { slack: {}, discord: {} }, access },
    });
    const environment = { ...both.environment, ...made.discord.environment, ...slack.environment };
    const { child, ended, output } = start({ ...both, environment }, ['serve']);
    await waitFor(() => output().includes('is ready on slack, discord'), 'both are ready');
    made.discord.say(`${tutti} go`);
    await slack.say('<@U0TUTTI> go');
    await waitFor(() => answers(made.discord).length === 1, 'it is answered on Discord');
    await waitFor(() => slack.posts().some(({ text }) => text.includes('the answer')), 'it is answered on Slack');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('ends when its token is taken away while it answers', async () => {
    const made = await scene({ agents: { api: [{ delayMs: 300, answer: 'x' }] } });
    const { ended } = await serving(made);
    made.discord.say(`${tutti} go`);
    await waitFor(() => made.scene.calls().length > 0, 'the agent works');
    made.discord.revoke();
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    expect(stderr).toContain('Discord does not accept $DISCORD_TOKEN');
  });
});
