import type { SharedHost } from '../adapter.ts';
import { createFiles, type FileFacts, type Files } from '../files.ts';
import { isFields, text } from '../untyped.ts';

const hosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** Files that people attach on Discord: their links carry all that is needed, and are asked for before they expire. */
export function createDiscordFiles(limits: SharedHost['attachments'], apiUrl: string | null): Files {
  return createFiles({ limits, headers: {}, isHost: (url) => isFileHost(url, apiUrl) });
}

/** https on Discord's own file hosts; where another API address is configured, that host too. */
export function isFileHost(url: URL, apiUrl: string | null): boolean {
  if (apiUrl !== null && url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && hosts.has(url.hostname) && url.port === '' && url.username === '';
}

/** An attachment of a message, as facts; none where it is none. */
export function readFile(value: unknown): readonly FileFacts[] {
  if (!isFields(value) || text(value.id) === '') return [];
  return [
    {
      id: text(value.id),
      name: text(value.filename) || text(value.id),
      type: text(value.content_type),
      bytes: typeof value.size === 'number' ? value.size : 0,
      url: text(value.url) || null,
    },
  ];
}
