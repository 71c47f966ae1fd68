import { expect, it } from 'vitest';
import { createStyle } from '../../../src/adapters/terminal/style.ts';

it('paints where colour is wanted and nowhere else', () => {
  expect(createStyle(true).red('x')).toBe('\x1b[31mx\x1b[39m');
  expect(createStyle(true).red('')).toBe('');
  expect(createStyle(false).red('x')).toBe('x');
});
