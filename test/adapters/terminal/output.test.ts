import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { recorder } from '../../support/terminal-host.ts';

it('writes, and knows how wide it is', async () => {
  const { stream, text } = recorder({ isTTY: true, columns: 40 });
  const output = createOutput(stream);
  await output.write('x');
  expect(text()).toBe('x');
  expect([output.isTerminal, output.columns, output.rows]).toEqual([true, 40, 24]);
});

it('makes an error of a reader that has left, tells of it once, and crashes nothing', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const output = createOutput(stream);
  let told = 0;
  output.onClosed(() => {
    told += 1;
  });
  await expect(output.write('x')).rejects.toMatchObject({ code: 'output-closed' });
  await expect(output.write('y')).rejects.toMatchObject({ code: 'output-closed' });
  expect(told).toBe(1);
});
