import { expect, it } from 'vitest';
import { terminalCommands } from '../../../src/adapters/terminal/mode.ts';
import { sampleCommands } from '../../support/commands.ts';

it('leaves out commands of other surfaces', () => {
  const [ask, history, group] = sampleCommands;
  if (ask === undefined || history === undefined || group === undefined) throw new Error('no commands');
  const all = [ask, { ...history, surfaces: ['slack'] }, { ...group, surfaces: ['slack', 'terminal'] }];
  expect(terminalCommands(all).map(({ name }) => name)).toEqual(['ask', 'group']);
});
