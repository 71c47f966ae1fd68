import type { SharedHost } from '../adapter.ts';
import { createFiles, type Files } from '../files.ts';
import type { Token } from './token.ts';

/** Files that people attach on Slack. `apiUrl` is a proxy's or test double's address, whose host serves files too; null for Slack itself. */
export function createSlackFiles(
  limits: SharedHost['attachments'],
  { token, apiUrl }: { readonly token: Pick<Token, 'now'>; readonly apiUrl: string | null },
): Files {
  return createFiles({
    limits,
    headers: {
      // Read for every file: tokens change.
      get authorization() {
        return `Bearer ${token.now()}`;
      },
    },
    isHost: (url) => isFileHost(url, apiUrl),
    // Without the right token, Slack sends its sign-in page.
    mismatch: (type, claimed) =>
      type === 'text/html' && !/html/.test(claimed) ? 'could not be fetched: is the scope files:read granted?' : null,
  });
}

/** https on Slack's own file hosts; where another API address is configured, that host too. */
export function isFileHost(url: URL, apiUrl: string | null): boolean {
  if (apiUrl !== null && url.origin === new URL(apiUrl).origin) return true;
  return (
    url.protocol === 'https:' &&
    /^(?:[\w-]+\.)*(?:slack\.com|slack-files\.com)$/.test(url.hostname) &&
    url.username === ''
  );
}
