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
