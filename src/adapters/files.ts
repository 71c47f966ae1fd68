import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment, SharedHost } from './adapter.ts';

/** A file as its platform describes it. */
export interface FileFacts {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** Null for files that live elsewhere. */
  readonly url: string | null;
}

export interface FilesOptions {
  readonly limits: SharedHost['attachments'];
  /** Sent to the platform's own hosts, also over redirects. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it is a host of the platform's: all others are asked for nothing. */
  isHost(url: URL): boolean;
  /** What is wrong with a file that is another than it was called, in words; null where nothing is. */
  mismatch?(type: string, claimed: string): string | null;
}

/** Files that people attach, fetched to where agents can read them. */
export interface Files {
  /** `problems` are sentences about those that could not be taken. Never rejects. */
  fetch(
    files: readonly FileFacts[],
    messageId: string,
  ): Promise<{ readonly taken: readonly Attachment[]; readonly problems: readonly string[] }>;
}

const mostFiles = 10;
const mostRedirects = 3;
const patienceMs = 20_000;

export function createFiles(options: FilesOptions): Files {
  const { limits } = options;

  async function fetchOne(file: FileFacts, directory: string): Promise<Attachment | string> {
    const name = safeName(file.name);
    if (file.url === null) return `(${name} is kept elsewhere and was not fetched)`;
    if (file.bytes > limits.maxBytes) return `(${name} is larger than ${limits.maxBytes} bytes)`;
    const response = await download(file.url).catch(() => null);
    if (response === null || !response.ok || response.body === null) return `(${name} could not be fetched)`;
    const path = join(directory, `${safeName(file.id)}-${name}`);
    const written = await write(response.body, path);
    if (written === null) return `(${name} is larger than ${limits.maxBytes} bytes)`;
    const type = typeOf(written.start, file.type);
    const mismatch = options.mismatch?.(type, file.type) ?? null;
    if (mismatch === null && limits.types.some((wanted) => fits(type, wanted)))
      return { name, path, type, bytes: written.bytes };
    await rm(path, { force: true });
    return mismatch === null ? `(${name} is ${type}, which is not taken here)` : `(${name} ${mismatch})`;
  }

  async function download(url: string): Promise<Response> {
    let address = new URL(url);
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      if (!options.isHost(address)) throw new Error('not a file host of the platform');
      const response = await fetch(address, {
        headers: options.headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
      });
      const next = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || next === null) return response;
      address = new URL(next, address);
    }
    throw new Error('too many redirects');
  }

  /** Counts while it reads; null where it is too large. Of what does not come whole, nothing is left. */
  async function write(
    body: ReadableStream<Uint8Array>,
    path: string,
  ): Promise<{ readonly bytes: number; readonly start: Buffer } | null> {
    const handle = await open(path, 'w', 0o600);
    let bytes = 0;
    let start = Buffer.alloc(0);
    let isWhole = false;
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > limits.maxBytes) break;
        if (start.length < 512) start = Buffer.concat([start, chunk]).subarray(0, 512);
        await handle.write(chunk);
      }
      isWhole = bytes <= limits.maxBytes;
    } finally {
      await handle.close();
      if (!isWhole) await rm(path, { force: true });
    }
    return isWhole ? { bytes, start } : null;
  }

  return {
    async fetch(files, messageId) {
      if (files.length === 0) return { taken: [], problems: [] };
      const directory = join(limits.directory, safeName(messageId));
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const fetched = await Promise.all(
        files
          .slice(0, mostFiles)
          .map((file) => fetchOne(file, directory).catch(() => `(${safeName(file.name)} could not be fetched)`)),
      );
      return {
        taken: fetched.filter((one) => typeof one !== 'string'),
        problems: [
          ...fetched.filter((one) => typeof one === 'string'),
          ...(files.length > mostFiles ? [`(${files.length - mostFiles} more files were left out)`] : []),
        ],
      };
    },
  };
}

/** What a file is, by its first bytes; what its name says counts for text only. */
export function typeOf(start: Buffer, claimed: string): string {
  const begins = (...bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  if (start.subarray(0, 4).toString('latin1') === 'RIFF' && start.subarray(8, 12).toString('latin1') === 'WEBP')
    return 'image/webp';
  if (start.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  if (start.includes(0)) return 'application/octet-stream';
  if (/^\s*<(?:!doctype html|html)/i.test(start.toString('latin1'))) return 'text/html';
  return claimed.startsWith('text/') ? claimed : 'text/plain';
}

function fits(type: string, wanted: string): boolean {
  return wanted === type || wanted === '*/*' || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)));
}

/** A name that is one step of a path, and nothing else. */
function safeName(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N}._-]+/gu, '_')
      .replace(/\.{2,}|^\./g, '_')
      .slice(-100) || 'file'
  );
}
