import { expect, it } from 'vitest';
import { logText } from '../../../src/adapters/terminal/log-text.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';

const style = createStyle(false);

it('says what a line of the log says, or the line itself', () => {
  expect(logText('{"level":40,"msg":"a \\"part\\" is late\\u001b[2J","turn":"x"}\n', style)).toBe(
    '  log: a "part" is late\n\n',
  );
  expect(logText('{"level":40}\n', style)).toBe('  log: {"level":40}\n\n');
  expect(logText('not JSON\n', style)).toBe('  log: not JSON\n\n');
});
