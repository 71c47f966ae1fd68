import { expect, it } from 'vitest';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { createPainter } from '../../../src/adapters/terminal/painter.ts';
import { recorder } from '../../support/terminal-host.ts';

const painter = (columns = 20) => {
  const { stream, text } = recorder({ isTTY: true, columns });
  const visible = () => text().replace(/\x1b\[\?\d+[hl]/g, '');
  return { painter: createPainter(createOutput(stream)), visible, stream };
};

it('replaces its lines in place and writes nothing when nothing changed', () => {
  const { painter: lines, visible } = painter();
  lines.paint(['one', 'two']);
  lines.paint(['one', 'two']);
  expect(visible()).toBe('\rone\x1b[K\r\ntwo\x1b[K\x1b[J\r\x1b[3C');
  lines.paint(['uno']);
  expect(visible()).toMatch(/\r\x1b\[1Auno\x1b\[K\x1b\[J\r\x1b\[3C$/u);
});

it('prints above its lines', async () => {
  const { painter: lines, visible } = painter();
  lines.paint(['status']);
  await lines.print('answer\n');
  expect(visible()).toMatch(/\r\x1b\[K\x1b\[Janswer\r\nstatus\x1b\[K\x1b\[J\r\x1b\[6C$/u);
});

it('leaves the cursor where it is told', () => {
  const { painter: lines, visible } = painter();
  lines.paint(['abc', 'status'], { row: 0, column: 1 });
  expect(visible()).toMatch(/\r\x1b\[1A\x1b\[1C$/u);
});

it('goes up over lines that wrapped when the terminal became narrower', () => {
  const { painter: lines, visible, stream } = painter(20);
  lines.paint(['123456789012345', 'x']);
  Object.assign(stream, { columns: 10 });
  lines.clear();
  expect(visible()).toMatch(/\r\x1b\[2A\x1b\[K\x1b\[1B\x1b\[K\x1b\[1A\x1b\[J$/u);
});
