import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import { outcomeOf } from './outcome.ts';

/** Says something that only one person sees. */
export interface Whisper {
  /**
   * Through the address that came with a command or a press, while that serves; else in the channel (and thread), or directly where the
   * bot is not in the channel. Never rejects.
   */
  say(
    to: {
      readonly channel: string;
      readonly thread: string | null;
      readonly user: string;
      readonly respond: string | null;
    },
    text: string,
  ): Promise<void>;
}

const patienceMs = 10_000;
const attempts = 5;

export function createWhisper(client: WebClient, log: Log): Whisper {
  async function respond(url: string, text: string): Promise<boolean> {
    const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text });
    const headers = { 'content-type': 'application/json' };
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** Whether Slack refuses it for good. Rejects for what may pass, limits aside. */
  async function isRefused(call: () => Promise<unknown>): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await call();
        return false;
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome.kind === 'refused') return true;
        if (outcome.kind !== 'limited' || attempt >= attempts) throw error;
        await wait(outcome.afterMs, undefined, { ref: false });
      }
    }
  }

  return {
    async say({ channel, thread, user, respond: url }, text) {
      if (url !== null && (await respond(url, text))) return;
      const threadTs = thread === null ? {} : { thread_ts: thread };
      try {
        if (!(await isRefused(() => client.chat.postEphemeral({ channel, user, text, ...threadTs })))) return;
        const direct = { channel: user, text, unfurl_links: false, unfurl_media: false };
        if (await isRefused(() => client.chat.postMessage(direct))) log.info('somebody could not be told something');
      } catch (error) {
        log.info('somebody could not be told something', { reason: reasonOf(outcomeOf(error)) });
      }
    },
  };
}
