import { describe, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { createScene, run, start } from '../../support/program.ts';
import { type BenchOptions, startBench } from '../../support/slack/bench.ts';
import { createBrowser } from '../../support/slack/browser.ts';
import { type DoubleOptions, startSlack } from '../../support/slack/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const script = { otherwise: { answer: 'the answer' } };
const access = [{ surface: 'slack', may: ['read', 'write'] }];

/** The program for workspaces that install it, and a browser to do so. */
async function installable(options: Partial<BenchOptions> & { readonly section?: object } = {}) {
  const port = await freePort();
  const slack = options.slack ?? (await startSlack({ postIntervalMs: 40, lingerMs: 300, ...options.double }));
  const start = (more: Partial<BenchOptions> = {}) =>
    startBench({
      agents: ['api'],
      script,
      ...options,
      slack,
      config: { access, surfaces: { slack: { port, ...options.section } } },
      environment: { SLACK_BOT_TOKEN: '', ...slack.oauthEnvironment, ...options.environment },
      ...more,
    });
  const bench = await start();
  return { slack, bench, port, browser: createBrowser(port), again: () => start({ scene: bench.scene }) };
}

async function both(double: DoubleOptions = {}) {
  const made = await installable({ double });
  for (const team of ['T0TEAM', 'T1TEAM'])
    expect((await made.browser.install(made.slack.grants.allow(team))).status).toBe(200);
  return made;
}

describe('workspaces that install Tutti', () => {
  it('are served side by side, each with its own token, and again after a restart', async () => {
    const { slack, bench, again } = await both();
    await slack.say('<@U0TUTTI> here?');
    await slack.say('<@U1TUTTI> and here?', { channel: 'C1GENERAL', user: 'U1ALICE' });
    expect((await bench.posted('the answer')).text).toMatch(/^<@U0ALICE>/);
    expect((await bench.posted('the answer', 'C1GENERAL')).text).toMatch(/^<@U1ALICE>/);
    await bench.idle();
    await bench.stop();
    const second = await again();
    const { acknowledged } = await slack.command('/ask', 'still?', { channel: 'C1GENERAL', user: 'U1ALICE' });
    expect(acknowledged).not.toBeNull();
    await second.posted('asks: still?', 'C1GENERAL');
    await waitFor(
      () => slack.posts('C1GENERAL').filter(({ text }) => text.includes('the answer')).length === 2,
      'it is answered',
    );
    expect(slack.posts().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('install it beside the events, where those come over HTTP', async () => {
    const port = await freePort();
    const slack = await startSlack({ postIntervalMs: 40, requestUrl: `http://127.0.0.1:${port}/slack/events` });
    const bench = await startBench({
      agents: ['api'],
      script,
      slack,
      config: { access, surfaces: { slack: { mode: 'http', port } } },
      environment: { SLACK_BOT_TOKEN: '', ...slack.oauthEnvironment },
    });
    expect((await createBrowser(port).install(slack.grants.allow('T1TEAM'))).status).toBe(200);
    await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    await bench.posted('the answer', 'C1GENERAL');
  });

  it('install it in one browser, once', async () => {
    const { slack, browser, port } = await installable();
    const state = (await browser.open()).searchParams.get('state') ?? '';
    const stranger = await createBrowser(port).comeBack({ code: slack.grants.allow('T0TEAM'), state });
    expect(stranger.status).toBe(400);
    expect((await browser.comeBack({ code: slack.grants.allow('T0TEAM'), state: 'another' })).status).toBe(400);
    const done = await browser.comeBack({ code: slack.grants.allow('T0TEAM'), state });
    expect(done).toMatchObject({ status: 200, page: expect.stringContaining('Team T0TEAM') });
    const repeated = await browser.comeBack({ code: slack.grants.allow('T1TEAM'), state });
    expect(repeated).toMatchObject({ status: 400, page: expect.stringContaining('It was finished before.') });
    await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    expect(slack.posts('C1GENERAL')).toEqual([]);
  });

  it('get another token before theirs expires, or when Slack says that it has, with every refresh token used once', async () => {
    const { slack, bench } = await both({ expiresIn: 3600 });
    await waitFor(() => slack.grants.refreshes.length >= 2, 'tokens with less than two hours are renewed');
    slack.grants.expire('T0TEAM');
    await Promise.all(['one', 'two', 'three'].map((text) => slack.say(`<@U0TUTTI> ${text}`)));
    await waitFor(
      () => slack.posts().filter(({ text }) => text.startsWith('<@U0ALICE>')).length === 3,
      'all are answered',
    );
    await bench.idle();
    expect(slack.grants.refreshes.every(({ ok }) => ok)).toBe(true);
    await bench.stop();
  });

  it('are forgotten when they remove it; what was to be delivered there is dropped, and the others go on', async () => {
    const slow = { agents: { api: [{ when: { prompt: 'slow' }, hang: true }, { answer: 'the answer' }] } };
    const { slack, bench, browser, again } = await installable({ script: slow });
    for (const team of ['T0TEAM', 'T1TEAM']) await browser.install(slack.grants.allow(team));
    await slack.say('<@U1TUTTI> slow', { channel: 'C1GENERAL', user: 'U1ALICE' });
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'an agent works for it');
    slack.grants.revoke('T1TEAM', 'account_inactive');
    await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1ALICE'], bot: ['U1TUTTI'] } }, { team: 'T1TEAM' });
    await slack.event({ type: 'app_uninstalled' }, { team: 'T1TEAM' });
    // What ran for it is stopped, and nothing waits to be delivered for ever.
    await bench.idle();
    expect(slack.posts('C1GENERAL').filter(({ text }) => text.startsWith('<@'))).toEqual([]);
    await slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    expect(bench.failures).toEqual([]);
    await bench.idle();
    await bench.stop();
    await again();
    const { acknowledged } = await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    expect(acknowledged[0]).not.toBeNull();
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(2);
    expect((await browser.install(slack.grants.allow('T1TEAM'))).status).toBe(200);
  });

  it('are forgotten, too, when Slack says so only after it let nobody in any more', async () => {
    const slow = { agents: { api: [{ when: { prompt: 'slow' }, hang: true }, { answer: 'the answer' }] } };
    const { slack, bench, browser } = await installable({ script: slow });
    await browser.install(slack.grants.allow('T1TEAM'));
    const here = { channel: 'C1GENERAL', user: 'U1ALICE' };
    await slack.say('<@U1TUTTI> slow', here);
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'an agent works for it');
    slack.grants.revoke('T1TEAM', 'token_revoked');
    await slack.say('<@U1TUTTI> quick', here);
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'end'), 'the other is answered');
    await slack.event({ type: 'app_uninstalled' }, { team: 'T1TEAM' });
    await bench.idle();
  });

  it('are not forgotten for a removal that is older than their installation, nor for a person’s token', async () => {
    const { slack, bench } = await both();
    const seconds = Math.floor(Date.now() / 1000) - 60;
    await slack.event({ type: 'app_uninstalled' }, { team: 'T1TEAM', seconds });
    await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1ALICE'], bot: [] } }, { team: 'T1TEAM' });
    await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    await bench.posted('the answer', 'C1GENERAL');
  });

  it('get what was answered while Slack did not let Tutti in, when they install it again', async () => {
    const { slack, bench, browser } = await both();
    await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    slack.grants.revoke('T1TEAM', 'token_revoked');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'end'), 'it is answered');
    await slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    expect(slack.posts('C1GENERAL').filter(({ text }) => text.includes('the answer'))).toEqual([]);
    expect((await browser.install(slack.grants.allow('T1TEAM'))).status).toBe(200);
    await bench.posted('the answer', 'C1GENERAL');
    await bench.idle();
    expect(slack.posts('C1GENERAL').filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
    expect(bench.failures).toEqual([]);
  });

  it('do not keep the others from being served where Slack lets them in no more', async () => {
    const { slack, bench, again } = await both();
    await bench.stop();
    slack.grants.revoke('T1TEAM', 'token_revoked');
    const second = await again();
    await slack.say('<@U0TUTTI> hello');
    await second.posted('the answer');
    expect(second.failures).toEqual([]);
  });

  it('may be served with a token from the environment beside those, and may be the only ones that may install it', async () => {
    const { slack, bench, browser } = await installable({
      environment: { SLACK_BOT_TOKEN: 'xoxb-double-bot-token' },
      section: { workspaces: ['T2TEAM'] },
    });
    const known = await browser.install(slack.grants.allow('T0TEAM'));
    expect(known).toMatchObject({ status: 400, page: expect.stringContaining('$SLACK_BOT_TOKEN already') });
    const stranger = await browser.install(slack.grants.allow('T1TEAM'));
    expect(stranger).toMatchObject({ status: 400, page: expect.stringContaining('surfaces.slack.workspaces') });
    expect(slack.calls.filter(({ method }) => method === 'auth.revoke')).toHaveLength(2);
    await slack.say('<@U0TUTTI> hello');
    await bench.posted('the answer');
    await slack.event({ type: 'app_uninstalled' });
    await waitFor(() => bench.failures.length === 1, 'the token from the environment serves no more');
  });

  it('are served by one process of a data directory', async () => {
    const { bench, slack } = await both();
    const port = await freePort();
    await expect(
      startBench({
        agents: ['api'],
        script,
        slack,
        scene: bench.scene,
        environment: { SLACK_BOT_TOKEN: '', ...slack.oauthEnvironment },
        config: { access, surfaces: { slack: { port } } },
      }),
    ).rejects.toMatchObject({ code: 'already-served' });
  });
});

describe('whoever serves workspaces that install it', () => {
  it('is told where any of them may, and not where the configuration names them', async () => {
    const slack = await startSlack();
    const said = async (section: object) => {
      const surfaces = { slack: { port: await freePort(), ...section } };
      const scene = createScene({ agents: ['api'], script, config: { access, surfaces } });
      const environment = {
        ...scene.environment,
        ...slack.environment,
        ...slack.oauthEnvironment,
        SLACK_BOT_TOKEN: '',
      };
      const { child, ended, output } = start({ ...scene, environment }, ['serve']);
      await waitFor(() => output().includes('is ready'), 'it is ready');
      child.kill('SIGTERM');
      return (await ended).stderr;
    };
    expect(await said({})).toContain('surfaces.slack.workspaces');
    expect(await said({ workspaces: ['T0TEAM'] })).toBe('');
  });
});

describe('the key that seals their tokens', () => {
  it('is asked for, and another one opens nothing and loses nothing', async () => {
    const { slack, bench, again } = await both();
    await bench.stop();
    const environment = { ...slack.environment, ...slack.oauthEnvironment, SLACK_BOT_TOKEN: '' };
    const other = await run(bench.scene, ['serve'], {
      environment: { ...environment, TUTTI_SECRET_KEY: 'another key' },
    });
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('$TUTTI_SECRET_KEY does not open the tokens of Team T0TEAM, Team T1TEAM');
    const none = await run(bench.scene, ['serve'], { environment: { ...environment, TUTTI_SECRET_KEY: '' } });
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('$TUTTI_SECRET_KEY is not set') });
    const second = await again();
    await slack.say('<@U1TUTTI> hello', { channel: 'C1GENERAL', user: 'U1ALICE' });
    await second.posted('the answer', 'C1GENERAL');
  });
});
