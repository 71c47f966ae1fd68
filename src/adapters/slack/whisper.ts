import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { outcomeOf } from './outcome.ts';

/** Says something that only one person sees. */
export interface Whisper {
  /** Through the address that came with a command or a press, while that serves; else in the channel (and thread). Never rejects. */
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

  return {
    async say({ channel, thread, user, respond: url }, text) {
      if (url !== null && (await respond(url, text))) return;
      const threadTs = thread === null ? {} : { thread_ts: thread };
      await client.chat.postEphemeral({ channel, user, text, ...threadTs }).catch((error: unknown) => {
        const outcome = outcomeOf(error);
        log.info('somebody could not be told something', {
          reason: 'message' in outcome ? outcome.message : outcome.kind,
        });
      });
    },
  };
}
