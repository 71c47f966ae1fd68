import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.ts';

/** What Slack's packages log into: the program's own log. Their debug output holds what people wrote and is left out. */
export function createSlackLogger(log: Log): Logger {
  const text = (messages: readonly unknown[]) => messages.map(String).join(' ');
  return {
    debug: () => undefined,
    info: (...messages) => log.debug(text(messages)),
    // What fails is tried again, or said by the adapter itself.
    warn: (...messages) => log.info(text(messages)),
    error: (...messages) => log.info(text(messages)),
    setLevel: () => undefined,
    setName: () => undefined,
    getLevel: () => LogLevel.INFO,
  };
}
