import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isDiskFull } from '../../src/store/failures.ts';
import { type SqliteMember, sqliteBench } from '../support/ledger/bench.ts';
import { expectOneAnswer } from '../support/ledger/one-answer.ts';
import { messageWith, partWith, resultWith } from '../support/ledger/samples.ts';
import { walk } from '../support/ledger/walk.ts';
import { dataDirectory } from '../support/store/directory.ts';

/** More than a page holds, so that whatever is written needs room. */
const bulk = 'words '.repeat(2000);

describe('a full disk', () => {
  it('at each step in turn is said, keeps nothing half written, and what was acknowledged', { timeout: 60_000 }, () => {
    const refused = new Set<string>();
    for (let number = 1; ; number += 1) {
      const group = sqliteBench();
      const member = group.join();
      const step = walkUntilFull(member, number, () => setRoom(member, 'none'));
      if (step !== null) refused.add(step.replace(/ .*/, ''));
      expect(member.store.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
      setRoom(member, 'plenty');
      walk(member.ledger, () => undefined, bulk);
      member.end();
      expectOneAnswer(group.directory, number);
      if (step === null) break;
    }
    expect([...refused]).toEqual(expect.arrayContaining(['accept', 'decided', 'asking', 'answered', 'settle']));
  });

  it.skipIf(!canMount())('does so on a real disk of 8 MB, too', { timeout: 60_000 }, () => {
    for (let number = 1; number <= 16; number += 1) {
      const directory = smallDisk(8);
      const member = sqliteBench(directory).join();
      walkUntilFull(member, number, () => fillDisk(directory));
      emptyDisk(directory);
      walk(member.ledger, () => undefined, bulk);
      member.end();
      expectOneAnswer(directory, number);
    }
  });

  it('lets no message be accepted, and still knows one that was', () => {
    const member = sqliteBench().join();
    const { ledger } = member;
    const { turn } = ledger.accept(messageWith('m1', { text: bulk }));
    setRoom(member, 'none');
    expect(() => ledger.accept(messageWith('m2', { text: bulk }))).toThrow(
      expect.objectContaining({ code: 'disk-full' }),
    );
    expect(ledger.accept(messageWith('m1', { text: bulk }))).toMatchObject({ repeated: true, turn: { id: turn.id } });
    expect(ledger.open().map((each) => each.id)).toEqual([turn.id]);
    setRoom(member, 'plenty');
    expect(ledger.accept(messageWith('m2', { text: bulk })).repeated).toBe(false);
  });

  it('lets a turn be settled once there is room again', () => {
    const member = sqliteBench().join();
    const { ledger, history } = member;
    const { turn } = ledger.accept(messageWith('m1'));
    ledger.begin(turn.id);
    setRoom(member, 'none');
    const settle = () => ledger.settle(turn.id, resultWith(turn.id, { answer: bulk }), [partWith(turn.id)]);
    expect(settle).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(ledger.turn(turn.id)?.state).toBe('running');
    expect([ledger.unsent(turn.id), history.list({ limit: 5, kind: 'answer' })]).toEqual([[], []]);
    setRoom(member, 'plenty');
    settle();
    expect(ledger.unsent(turn.id)).toHaveLength(1);
  });

  it.skipIf(!canMount())(
    'is survived by a database that grows until a real disk is full: it opens after, with all that was acknowledged',
    { timeout: 120_000 },
    () => {
      const directory = smallDisk(8);
      const accepted: string[] = [];
      for (let life = 0; life < 3; life += 1) {
        const member = openOn(directory);
        if (member === null) break;
        expect(acceptUntilFull(member, accepted, `life ${life}`)).toMatchObject({
          code: 'disk-full',
          message: expect.stringContaining(directory),
        });
        member.die();
      }
      expect(accepted.length).toBeGreaterThan(20);
      execFileSync('mount', ['-o', 'remount,size=64m', directory]);
      const member = sqliteBench(directory).join();
      expect(member.store.notices).toEqual([]);
      expect(member.ledger.open().map((turn) => turn.id)).toEqual(accepted);
      member.end();
    },
  );
});

/** SQLite itself then says that the disk is full: the file may not grow, or may again. */
function setRoom({ store }: SqliteMember, room: 'none' | 'plenty'): void {
  store.get(`PRAGMA max_page_count = ${room === 'none' ? 1 : 1_000_000}`);
}

/** Walks a turn and lets the disk be full from a step on; the step that was refused for it, or null. */
function walkUntilFull(member: SqliteMember, number: number, fill: () => void): string | null {
  let steps = 0;
  let last = '';
  try {
    walk(
      member.ledger,
      (step) => {
        steps += 1;
        last = step;
        if (steps === number) fill();
      },
      bulk,
    );
    return null;
  } catch (error) {
    expect(error, last).toMatchObject({ code: 'disk-full' });
    return last;
  }
}

function fillDisk(directory: string): void {
  const file = openSync(join(directory, 'ballast'), 'w');
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      expect(isDiskFull(error)).toBe(true);
    }
  }
  closeSync(file);
}

function emptyDisk(directory: string): void {
  rmSync(join(directory, 'ballast'), { force: true });
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const directory = '/mnt';
  const { status } = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
  return status === 0;
}

function smallDisk(megabytes: number): string {
  const directory = dataDirectory();
  mkdirSync(directory);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', directory]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory]);
  });
  return directory;
}

/** Null where the disk is too full even for that, which must be said as such. */
function openOn(directory: string): SqliteMember | null {
  try {
    return sqliteBench(directory).join();
  } catch (error) {
    expect(error).toMatchObject({ code: 'disk-full' });
    return null;
  }
}

function acceptUntilFull({ ledger }: SqliteMember, accepted: string[], life: string): unknown {
  for (let number = 0; ; number += 1) {
    try {
      accepted.push(ledger.accept(messageWith(`${life} ${number}`, { text: 'word '.repeat(4000) })).turn.id);
    } catch (error) {
      return error;
    }
  }
}
