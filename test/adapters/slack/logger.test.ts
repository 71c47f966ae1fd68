import { expect, it } from 'vitest';
import { createSlackLogger } from '../../../src/adapters/slack/logger.ts';
import { createLog } from '../../../src/log.ts';

it('keeps what Slack’s packages say in the program’s log, masked, without their debug output', () => {
  const lines: string[] = [];
  const mask = (text: string) => text.replace('xoxb-secret', '[SLACK_BOT_TOKEN]');
  const logger = createSlackLogger(createLog({ level: 'debug', mask, write: (line) => lines.push(line) }));
  logger.debug('payload: what people wrote');
  logger.info('connected');
  logger.warn('retrying with', 'xoxb-secret');
  logger.error(new Error('gone'));
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    'connected',
    'retrying with [SLACK_BOT_TOKEN]',
    'Error: gone',
  ]);
});
