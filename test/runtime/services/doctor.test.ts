import { expect, test } from 'vitest';
import { createScene, printed, run } from '../../support/program.ts';

test('a surface whose tokens are missing cannot work', async () => {
  const scene = createScene({ agents: ['api'], script: {}, config: { surfaces: { slack: {}, discord: {} } } });
  const ended = await run(scene, ['doctor', '--json'], { environment: { DISCORD_TOKEN: 'x'.repeat(20) } });
  expect(ended.code).toBe(1);
  const { checks } = printed(ended) as unknown as { checks: { name: string; status: string; detail: string }[] };
  expect(checks.find((check) => check.name === 'slack')).toMatchObject({
    status: 'failed',
    detail: 'SLACK_BOT_TOKEN, SLACK_APP_TOKEN not set',
  });
  expect(checks.find((check) => check.name === 'discord')).toMatchObject({ status: 'ok' });
});

test('workspaces that install Tutti need what the app is known by, and a key', async () => {
  const scene = createScene({ agents: ['api'], script: {}, config: { surfaces: { slack: { mode: 'http' } } } });
  const environment = { SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 'x'.repeat(20) };
  const { checks } = printed(await run(scene, ['doctor', '--json'], { environment })) as unknown as {
    checks: { name: string; detail: string }[];
  };
  expect(checks.find((check) => check.name === 'slack')?.detail).toBe('SLACK_CLIENT_SECRET, TUTTI_SECRET_KEY not set');
});

test("a command that is not there, or may not be run, cannot work: an agent's and the moderator's", async () => {
  const scene = createScene({
    agents: ['api'],
    script: {},
    agent: { command: ['./src/main.ts'] },
    config: { moderator: { model: 'command', command: ['no-such-mind'] } },
  });
  const ended = await run(scene, ['doctor', '--json']);
  expect(ended.code).toBe(1);
  const { ok, checks } = printed(ended) as unknown as { ok: boolean; checks: { name: string }[] };
  expect(ok).toBe(false);
  expect(checks.find((check) => check.name === 'agent api')).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/\/api\/src\/main\.ts may not be run/),
    hint: expect.stringContaining('"command"'),
  });
  expect(checks.find((check) => check.name === 'moderator')).toMatchObject({
    status: 'failed',
    detail: 'no-such-mind was not found',
    hint: expect.stringContaining('moderator.command'),
  });
});
