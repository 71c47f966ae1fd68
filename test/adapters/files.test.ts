import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFiles, typeOf } from '../../src/adapters/files.ts';
import { dataDirectory } from '../support/store/directory.ts';

const limits = { directory: dataDirectory, maxBytes: 1000, types: ['text/*'] };

/** A host that serves these bodies by path, or sends on to an address. */
async function host(
  pages: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''] ?? '';
    if (page.startsWith('http')) response.writeHead(302, { location: page });
    if (page !== 'broken off') return void response.end(page);
    response.write(page);
    setImmediate(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` };
}

const facts = (url: string | null, name = 'a.txt') => ({ id: '1', name, type: 'text/plain', bytes: 0, url });

describe('files', () => {
  it('are kept under a name that is one step of a path, for their owner alone', async () => {
    const { url } = await host({ '/a': 'hello' });
    const files = createFiles({ limits: { ...limits, directory: dataDirectory() }, headers: {}, isHost: () => true });
    const { taken } = await files.fetch([facts(`${url}/a`, '../../etc/passwd')], 'm');
    expect(taken[0]?.path).not.toContain('..');
    expect(readFileSync(taken[0]?.path ?? '', 'utf8')).toBe('hello');
    expect(statSync(taken[0]?.path ?? '').mode & 0o777).toBe(0o600);
  });

  it('are not asked for at hosts of others, also not by a detour', async () => {
    const other = await host({ '/x': 'stolen' });
    const own = await host({ '/a': `${other.url}/x` });
    const files = createFiles({
      limits: { ...limits, directory: dataDirectory() },
      headers: {},
      isHost: ({ origin }) => origin === own.url,
    });
    expect(await files.fetch([facts(`${own.url}/a`)], 'm')).toEqual({
      taken: [],
      problems: ['(a.txt could not be fetched)'],
    });
  });

  it('are counted while they are read, and bounded in number', async () => {
    const { url } = await host({ '/a': 'x'.repeat(5000) });
    const files = createFiles({ limits: { ...limits, directory: dataDirectory() }, headers: {}, isHost: () => true });
    const many = Array.from({ length: 12 }, () => facts(`${url}/a`));
    const { taken, problems } = await files.fetch(many, 'm');
    expect(taken).toEqual([]);
    expect(problems).toHaveLength(11);
    expect(problems[0]).toBe('(a.txt is larger than 1000 bytes)');
    expect(problems.at(-1)).toBe('(2 more files were left out)');
  });

  it('leave nothing behind where they break off', async () => {
    const { url } = await host({ '/a': 'broken off' });
    const directory = dataDirectory();
    const files = createFiles({ limits: { ...limits, directory }, headers: {}, isHost: () => true });
    expect((await files.fetch([facts(`${url}/a`)], 'm')).problems).toEqual(['(a.txt could not be fetched)']);
    expect(readdirSync(join(directory, 'm'))).toEqual([]);
  });

  it('are what their bytes say', () => {
    expect(typeOf(Buffer.from('%PDF-1.7'), 'text/plain')).toBe('application/pdf');
    expect(typeOf(Buffer.from('# title'), 'text/markdown')).toBe('text/markdown');
    expect(typeOf(Buffer.from('<!DOCTYPE html><p>'), 'image/png')).toBe('text/html');
    expect(typeOf(Buffer.from('{}'), 'application/json')).toBe('text/plain');
  });
});
