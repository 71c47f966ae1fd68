import { describe, expect, it } from 'vitest';
import { freePort } from './support/free-port.ts';
import { createScene, run, start } from './support/program.ts';
import { startSlack } from './support/slack/double.ts';
import { waitFor } from './support/wait-for.ts';

const config = { surfaces: { slack: {} }, access: [{ surface: 'slack', may: ['read', 'write'] }] };

async function scene(script: Parameters<typeof createScene>[0]['script']) {
  const slack = await startSlack();
  const made = createScene({ agents: ['api'], script, config });
  return { slack, scene: { ...made, environment: { ...made.environment, ...slack.environment } } };
}

async function serving(made: Awaited<ReturnType<typeof scene>>) {
  const process = start(made.scene, ['serve']);
  await waitFor(() => process.output().includes('is ready on slack'), 'it is ready');
  return process;
}

describe('tutti serve', () => {
  it('says on one line that it is ready, answers, and ends gracefully when it is told to', async () => {
    const made = await scene({ agents: { api: [{ delayMs: 800, answer: 'the answer' }] } });
    const { child, ended } = await serving(made);
    await made.slack.say('<@U0TUTTI> go');
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tutti \S+ is ready on slack · 1 agent\n$/);
    expect(made.slack.posts().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('answers once though it is killed between acknowledgement and answer, and between post and confirmation', async () => {
    const made = await scene({ agents: { api: [{ delayMs: 60_000 }, { answer: 'the answer' }] } });
    const first = await serving(made);
    await made.slack.say('<@U0TUTTI> go');
    await waitFor(() => made.scene.calls().length > 0, 'the agent works');
    first.child.kill('SIGKILL');
    await first.ended;
    // Posted, and the answer of Slack never comes.
    made.slack.fail('chat.postMessage', 'silent');
    const second = await serving(made);
    await waitFor(() => made.slack.posts().some(({ text }) => text.includes('the answer')), 'it is posted');
    second.child.kill('SIGKILL');
    await second.ended;
    const before = made.slack.calls.length;
    const third = await serving(made);
    const looks = () => made.slack.calls.slice(before).filter(({ method }) => method === 'conversations.replies');
    await waitFor(() => looks().length > 0, 'it looks for what was posted');
    third.child.kill('SIGTERM');
    expect((await third.ended).code).toBe(0);
    expect(made.slack.posts().filter(({ text }) => text.includes('the answer'))).toHaveLength(1);
  });

  it('ends with one clear line where a token is wrong or missing, or another serves already', async () => {
    const made = await scene({});
    const wrong = { SLACK_BOT_TOKEN: 'xoxb-not-the-right-one' };
    const refused = await run(made.scene, ['serve'], { environment: wrong });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('Slack does not accept $SLACK_BOT_TOKEN (invalid_auth).');
    expect(refused.stderr).not.toMatch(/\n\s+at /);
    const app = await run(made.scene, ['serve'], { environment: { SLACK_APP_TOKEN: 'xapp-not-the-right-one' } });
    expect(app.stderr).toContain('$SLACK_APP_TOKEN');
    const missing = await run(made.scene, ['serve'], { environment: { SLACK_APP_TOKEN: '' } });
    expect(missing.stderr).toContain('$SLACK_APP_TOKEN is not set');
    const first = await serving(made);
    const second = await run(made.scene, ['serve']);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`Process ${first.child.pid} already serves slack:T0TEAM`);
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it('serves over HTTP, too', async () => {
    const port = await freePort();
    const slack = await startSlack({ requestUrl: `http://127.0.0.1:${port}/slack/events` });
    const surfaces = { slack: { mode: 'http', port } };
    const made = createScene({
      agents: ['api'],
      script: { otherwise: { answer: 'the answer' } },
      config: { ...config, surfaces },
    });
    const { child, ended } = await serving({
      slack,
      scene: { ...made, environment: { ...made.environment, ...slack.environment } },
    });
    const { acknowledged } = await slack.say('<@U0TUTTI> go');
    expect(acknowledged.every((one) => one !== null)).toBe(true);
    await waitFor(() => slack.posts().some(({ text }) => text.includes('the answer')), 'it is answered');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('ends when Slack takes its token away', async () => {
    const made = await scene({ otherwise: { answer: 'x' } });
    const { ended } = await serving(made);
    made.slack.refuse('chat.postMessage', 'token_revoked', 10);
    await made.slack.say('<@U0TUTTI> go');
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    expect(stderr).toContain('Slack does not accept $SLACK_BOT_TOKEN (token_revoked).');
  });

  it('says what to do where no surface is configured', async () => {
    const none = createScene({ agents: ['api'], script: {} });
    const { code, stderr } = await run(none, ['serve']);
    expect(code).toBe(2);
    expect(stderr).toContain('surfaces: { slack: {} }');
  });
});
