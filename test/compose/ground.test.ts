import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGround } from '../../src/compose/ground.ts';
import { createLog } from '../../src/log.ts';
import { configured } from '../support/configured.ts';
import { createScene } from '../support/program.ts';

test('opens the data directory for its owner alone, and knows the secrets of the environment and of agents', async () => {
  const scene = createScene({ agents: ['api'], agent: { env: { API_TOKEN: 'agents-own-secret-1' } }, script: {} });
  const { config, environment } = await configured(scene, {
    MY_PASSWORD: 'the-users-secret-1',
    SLACK_BOT_TOKEN: 'xoxb-123456789',
  });
  const ground = openGround({
    config,
    environment,
    role: 'command',
    log: createLog({ level: 'silent', mask: (text) => text }),
  });
  expect(statSync(join(scene.directory, 'data')).mode & 0o777).toBe(0o700);
  expect(ground.safe('agents-own-secret-1, the-users-secret-1\u001b[2J and xoxb-123456789')).toBe(
    '[API_TOKEN], [MY_PASSWORD] and [SLACK_BOT_TOKEN]',
  );
  expect(ground.children.SLACK_BOT_TOKEN).toBeUndefined();
  expect(ground.newId()).toMatch(/^[\da-f]{12}$/u);
  expect(ground.newId()).not.toBe(ground.newId());
  ground.ledger.close();
  ground.store.close();
});
