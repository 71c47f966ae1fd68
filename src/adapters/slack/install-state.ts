import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InstallURLOptions, StateStore } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { SurfaceRecords } from '../adapter.ts';

export interface InstallStateOptions {
  /** What Slack is asked for; it never changes. */
  readonly asked: InstallURLOptions;
  readonly key: Buffer;
  /** States that were used. */
  readonly used: SurfaceRecords<true>;
}

const stateMs = 600_000;

/**
 * What ties the end of an installation to its beginning: a state serves once, for ten minutes, and is refused with UserError
 * `slack-install`. It carries its end and our signature, so nothing is kept for those who only look at the page.
 */
export function createInstallState({ asked, key, used }: InstallStateOptions): StateStore {
  const using = new Set<string>();
  const sign = (body: string) => createHmac('sha256', key).update(body).digest('base64url');

  function isSigned(body: string, signature: string): boolean {
    const [wanted, found] = [Buffer.from(sign(body)), Buffer.from(signature)];
    return wanted.length === found.length && timingSafeEqual(wanted, found);
  }

  return {
    async generateStateParam(_, now) {
      const body = `${now.getTime() + stateMs}.${randomBytes(16).toString('base64url')}`;
      return `${body}.${sign(body)}`;
    },
    async verifyStateParam(now, state) {
      const [end = '', nonce = '', signature = ''] = state.split('.');
      if (!isSigned(`${end}.${nonce}`, signature)) throw refusal('It was not begun here.');
      if (Number(end) < now.getTime()) throw refusal('It took longer than ten minutes.');
      if (using.has(nonce)) throw refusal('It was finished before.');
      using.add(nonce);
      try {
        if ((await used.get(nonce)) !== undefined) throw refusal('It was finished before.');
        await used.set(nonce, true, { ttl: stateMs });
      } finally {
        using.delete(nonce);
      }
      return asked;
    },
  };
}

function refusal(why: string): UserError {
  return new UserError('slack-install', `The installation cannot be finished. ${why}`, {
    hint: 'Open the page /slack/install again.',
  });
}
