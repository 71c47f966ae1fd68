import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { startChild } from '../support/store/child.ts';
import { dataDirectory } from '../support/store/directory.ts';
import { filledDirectory, filledRows } from '../support/store/filled.ts';
import { randomNumbers } from '../support/store/random.ts';
import { storeForTest } from '../support/store/store.ts';

describe('a damaged database', () => {
  it.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['cut in the middle', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['a page short', (file: string) => truncateSync(file, statSync(file).size - 4096)],
    ['no database', (file: string) => writeFileSync(file, 'something else entirely '.repeat(1000))],
    ['without a readable first page', (file: string) => overwrite(file, 0, 4096)],
    ['overwritten in the middle', (file: string) => overwrite(file, 5 * 4096, 30 * 4096)],
  ])('that is %s is set aside, said loudly, and a new one begun', (_, harm) => {
    const { directory, file } = filledDirectory();
    harm(file);
    const damaged = readFileSync(file);
    const store = storeForTest({ directory });
    const [aside] = readdirSync(directory).filter((name) => name.startsWith('tutti.db.damaged-'));
    expect(store.notices).toEqual([expect.stringContaining('THE DATABASE WAS DAMAGED')]);
    expect(store.notices[0]).toContain(aside);
    expect(readFileSync(join(directory, aside ?? '')).equals(damaged)).toBe(true);
    expect(store.get('SELECT count(*) AS count FROM records')).toEqual({ count: 0 });
    store.close();
    expect(storeForTest({ directory }).notices).toEqual([]);
  });

  it('is told to the log as well', () => {
    const { directory, file } = filledDirectory();
    writeFileSync(file, '');
    const lines: string[] = [];
    storeForTest({ directory, log: { warn: (line) => lines.push(line) } });
    expect(lines).toEqual([expect.stringContaining('THE DATABASE WAS DAMAGED')]);
  });

  it('is left alone while another process has it open, and that one is named', async () => {
    const { directory, file, bytes } = filledDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    await child.next();
    // As a failing disk would: in place, behind the back of whoever has the file open.
    writeFileSync(file, bytes.subarray(0, 8192));
    const harmed = readFileSync(file);
    expect(() => openStore({ directory })).toThrow(
      expect.objectContaining({ code: 'store-damaged', message: expect.stringContaining(`process ${child.pid}`) }),
    );
    expect(readFileSync(file).equals(harmed)).toBe(true);
    await child.kill();
    expect(storeForTest({ directory }).notices).toEqual([expect.stringContaining('THE DATABASE WAS DAMAGED')]);
  });

  it('is never silently another one: whatever byte is flipped, all is there, or it is said', {
    timeout: 120_000,
  }, () => {
    const seed = 20_261_124;
    const random = randomNumbers(seed);
    const { directory, file, bytes } = filledDirectory();
    for (let round = 0; round < 200; round += 1) {
      const position = Math.floor(random() * bytes.length);
      const harmed = Buffer.from(bytes);
      harmed[position] = (harmed[position] ?? 0) ^ (1 << Math.floor(random() * 8));
      for (const name of readdirSync(directory)) if (name.startsWith('tutti.db')) rmSync(join(directory, name));
      writeFileSync(file, harmed, { mode: 0o600 });
      expect(outcomeOf(directory), `seed ${seed}, round ${round}, byte ${position}`).toMatch(
        /^(whole|mended|aside|refused)$/,
      );
    }
  });
});

describe('a database that is gone', () => {
  it('leaves a log that is not played into the new one', () => {
    const { directory, file } = filledDirectory();
    rmSync(file);
    writeFileSync(`${file}-wal`, 'the log of another life');
    const store = storeForTest({ directory });
    expect(store.notices).toEqual([expect.stringContaining('WAS GONE')]);
    const [stray] = readdirSync(directory).filter((name) => name.includes('.stray-'));
    expect(readFileSync(join(directory, stray ?? ''), 'utf8')).toBe('the log of another life');
  });

  it('is not begun anew while another process uses it', async () => {
    const { directory, file } = filledDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    await child.next();
    rmSync(file);
    expect(() => openStore({ directory })).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(existsSync(file)).toBe(false);
  });

  it('because it was set aside and the process died before it began a new one, is spoken of', () => {
    const { directory, file, bytes } = filledDirectory();
    rmSync(file);
    writeFileSync(`${file}.damaged-20260102T030405006Z`, bytes);
    expect(storeForTest({ directory }).notices).toEqual([expect.stringContaining('WAS SET ASIDE')]);
  });
});

describe('a new database', () => {
  it('is begun in peace, for its owner alone, and whatever the umask is', () => {
    const directory = dataDirectory();
    const before = process.umask(0);
    const store = storeForTest({ directory });
    process.umask(before);
    expect(store.notices).toEqual([]);
    store.run(`INSERT INTO records (collection, key, value) VALUES ('a', 'b', '1')`);
    const files = ['tutti.db', 'tutti.db-wal', 'tutti.db-shm', 'opening.lock'];
    expect(readdirSync(directory).toSorted()).toEqual(['instances', ...files.toSorted()].toSorted());
    for (const name of files) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'instances')).mode & 0o777).toBe(0o700);
  });

  it('takes the place of what a process left that died while it made one', () => {
    const { directory, file } = filledDirectory();
    rmSync(file);
    writeFileSync(`${file}-unfinished`, 'half a database');
    expect(storeForTest({ directory }).notices).toEqual([]);
    expect(existsSync(`${file}-unfinished`)).toBe(false);
  });

  it('is made once, however many processes begin at the same moment', async () => {
    const directory = dataDirectory();
    const children = Array.from({ length: 6 }, () => startChild('store/open-and-wait.ts', directory));
    const said = await Promise.all(children.map((child) => child.next<{ instance: string; notices: string[] }>()));
    expect(said.flatMap((each) => each.notices)).toEqual([]);
    expect(new Set(said.map((each) => each.instance)).size).toBe(6);
    for (const child of children) child.say('go');
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(readdirSync(directory).toSorted()).toEqual(['instances', 'opening.lock', 'tutti.db']);
  });
});

function outcomeOf(directory: string): string {
  try {
    const store = openStore({ directory });
    try {
      const counts = [
        store.get('SELECT count(*) AS count FROM records'),
        store.get('SELECT count(*) AS count FROM history'),
      ];
      const whole = counts.every((row) => row?.count === filledRows);
      if (store.notices.length === 0) return whole ? 'whole' : `silently ${JSON.stringify(counts)}`;
      if (store.notices[0]?.includes('nothing is lost'))
        return whole ? 'mended' : `mended to ${JSON.stringify(counts)}`;
      return 'aside';
    } finally {
      store.close();
    }
  } catch (error) {
    return error instanceof UserError && /^store-/.test(error.code) ? 'refused' : `failed: ${error}`;
  }
}

function overwrite(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, to);
  writeFileSync(file, bytes);
}
