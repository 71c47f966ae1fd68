import { describe, expect, it } from 'vitest';
import type { ArgumentSpec } from '../../src/adapters/adapter.ts';
import { known, wantedValue } from '../../src/adapters/wanted.ts';

const argument = (more: Partial<ArgumentSpec>): ArgumentSpec => ({
  name: 'x',
  summary: '',
  kind: 'positional',
  type: 'word',
  ...more,
});

describe('the value of an argument', () => {
  it('is one of the choices, where there are some', () => {
    const wanted = wantedValue(argument({ choices: ['json', 'markdown'] }), 4, 'M');
    expect(wanted).toEqual({ from: 4, prefix: 'M', choices: [{ value: 'markdown', summary: '' }], ask: [] });
  });

  it('is asked for by its beginning, behind an @', () => {
    expect(wantedValue(argument({ completes: 'agent' }), 4, '@ap')).toMatchObject({ from: 5, prefix: 'ap' });
  });

  it('is the last name of a list with commas', () => {
    const agents = argument({ kind: 'option', completes: 'target', repeatable: true });
    expect(wantedValue(agents, 0, 'api,@we')).toMatchObject({ from: 5, prefix: 'we', ask: ['target'] });
  });

  it('is an agent behind an @ where a turn could stand', () => {
    expect(wantedValue(argument({ completes: 'turn' }), 0, '@a')?.ask).toEqual(['agent']);
    expect(wantedValue(argument({ completes: 'turn' }), 0, 'a')?.ask).toEqual(['turn']);
  });

  it('is free where nothing is known of it', () => {
    expect(wantedValue(argument({}), 0, 'a')).toBeNull();
  });
});

it('knows names by their beginning, in any case', () => {
  const names = [
    { name: 'stop', summary: 'Stop' },
    { name: 'status', summary: 'Show' },
  ];
  expect(known(1, 'ST', names).choices.map(({ value }) => value)).toEqual(['stop', 'status']);
  expect(known(1, 'sto', names).choices).toEqual([{ value: 'stop', summary: 'Stop' }]);
});
