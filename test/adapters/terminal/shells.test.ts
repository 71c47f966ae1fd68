import { expect, it } from 'vitest';
import { shells } from '../../../src/adapters/terminal/shells.ts';

it('are the three that people use', () => {
  expect(shells).toEqual(['bash', 'zsh', 'fish']);
});
