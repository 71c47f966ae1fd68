import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Key } from '../../../src/adapters/terminal/keys.ts';
import { createScreen } from '../../../src/adapters/terminal/screen.ts';
import { recorder } from '../../support/terminal-host.ts';

function openScreen() {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => void raw.push(on) });
  const { stream, text } = recorder({ isTTY: true });
  const keys: (string | undefined)[] = [];
  let ended = 0;
  let resized = 0;
  const screen = createScreen(input, stream);
  screen.open({
    key: (_typed, key: Key) => void keys.push(key.name),
    resized: () => {
      resized += 1;
    },
    resumed: () => undefined,
    ended: () => {
      ended += 1;
    },
  });
  return { screen, input, stream, text, raw, keys, counts: () => ({ ended, resized }) };
}

describe('a terminal that is taken over', () => {
  it('gives its keys one by one, and is given back as it was', () => {
    const { screen, input, text, raw, keys } = openScreen();
    input.emit('data', 'ab\x1b[A');
    expect(keys).toEqual(['a', 'b', 'up']);
    screen.close();
    input.emit('data', 'c');
    expect(keys).toHaveLength(3);
    expect(raw).toEqual([true, false]);
    expect(text()).toBe('\x1b[?2004h\x1b[?2004l\x1b[?25h');
  });

  it('takes the line feed of an Enter that was pressed before for Enter', () => {
    const { input, keys } = openScreen();
    input.emit('data', 'typed ahead\n');
    expect(keys.at(-1)).toBe('return');
  });

  it('tells of its end and of another size', () => {
    const { input, stream, counts } = openScreen();
    stream.emit('resize');
    input.emit('end');
    expect(counts()).toEqual({ ended: 1, resized: 1 });
  });
});
