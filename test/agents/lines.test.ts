import { expect, test } from 'vitest';
import { createLineSplitter, type LineLimits, type Piece } from '../../src/agents/lines.ts';
import { seededRandom } from '../support/random.ts';

function splitAll(chunks: readonly Buffer[], limits?: LineLimits): readonly Piece[] {
  const splitter = createLineSplitter(limits);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

function linesOf(pieces: readonly Piece[]): readonly string[] {
  return pieces.flatMap((piece) => (piece.type === 'lines' ? piece.lines : [`cut of ${piece.characters}`]));
}

function chop(bytes: Buffer, random: () => number): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + Math.floor(random() * 40);
    chunks.push(bytes.subarray(start, end));
    start = end;
  }
  return chunks;
}

test('Lines come without their ends, empty ones and one without an end too', () => {
  expect(linesOf(splitAll([Buffer.from('one\n\ntwo\r\nthree')]))).toEqual(['one', '', 'two', 'three']);
});

test('Nothing comes of no output', () => {
  expect(splitAll([])).toEqual([]);
  expect(splitAll([Buffer.from('a\n')])).toEqual([{ type: 'lines', lines: ['a'] }]);
});

test('A character that is split over chunks stays whole', () => {
  const bytes = Buffer.from('Grüße 🌍 你好\nשלום');
  expect(linesOf(splitAll([...bytes].map((byte) => Buffer.of(byte))))).toEqual(['Grüße 🌍 你好', 'שלום']);
});

test('NULs stay, and bytes that are no UTF-8 never throw', () => {
  const bytes = Buffer.from([0x61, 0x00, 0xff, 0xc3, 0x0a, 0xe4, 0xbd]);
  expect(linesOf(splitAll([bytes]))).toEqual(['a\0\ufffd\ufffd', '\ufffd']);
});

test.each([1, 2, 3, 4])('However it is chopped up, the same lines come out (10,000 fuzzed lines, seed %i)', (seed) => {
  const random = seededRandom(seed);
  const alphabet = ['a', '{"type":"x"}', '\r', '\0', 'ü', '🌍', '"', '\\', ' '];
  const parts = Array.from({ length: 2500 }, () => {
    const words = Array.from({ length: Math.floor(random() * 12) }, () => alphabet[Math.floor(random() * 9)] ?? '');
    const broken = random() < 0.1 ? Buffer.from([0x80 + Math.floor(random() * 128)]) : Buffer.alloc(0);
    return Buffer.concat([Buffer.from(words.join('')), broken, Buffer.from('\n')]);
  });
  const bytes = Buffer.concat(parts);
  const expected = bytes
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/\r$/, ''));
  expect(linesOf(splitAll(chop(bytes, random)))).toEqual(expected);
});

test('Of a line over the limit only its beginning and its end are kept, and the lines around it are whole', () => {
  const limits = { line: 100, kept: 20 };
  const chunks = ['before\n', 'x'.repeat(50), 'y'.repeat(80), `${'z'.repeat(60)}\nafter\n`].map((text) =>
    Buffer.from(text),
  );
  expect(splitAll(chunks, limits)).toEqual([
    { type: 'lines', lines: ['before'] },
    { type: 'cut', head: 'x'.repeat(10), tail: 'z'.repeat(10), characters: 190 },
    { type: 'lines', lines: ['after'] },
  ]);
});

test('A long line without an end is told of as well', () => {
  const pieces = splitAll([Buffer.from('a'.repeat(60)), Buffer.from('b'.repeat(60))], { line: 100, kept: 10 });
  expect(pieces).toEqual([{ type: 'cut', head: 'aaaaa', tail: 'bbbbb', characters: 120 }]);
});

test('Keeping a very long line takes no more than what is kept of it', () => {
  const splitter = createLineSplitter();
  const chunk = Buffer.alloc(64 * 1024, 'q');
  const before = process.memoryUsage().rss;
  for (let sent = 0; sent < 300 * 1024 * 1024; sent += chunk.length) splitter.push(chunk);
  const grown = process.memoryUsage().rss - before;
  const [piece] = splitter.end();
  expect(piece).toMatchObject({ type: 'cut', characters: 300 * 1024 * 1024 });
  expect(grown).toBeLessThan(100 * 1024 * 1024);
});
