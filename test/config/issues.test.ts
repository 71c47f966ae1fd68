import { describe, expect, it } from 'vitest';
import { named, problemsOf } from '../../src/config/issues.ts';
import { fileSchema } from '../../src/config/schema.ts';
import { parseSource } from '../../src/config/source.ts';

function problems(text: string) {
  const source = parseSource(text);
  const read = fileSchema.safeParse(source.value);
  return read.success ? [] : problemsOf(read.error.issues, source);
}

describe('problemsOf', () => {
  it('names the place, what stands there and what was expected', () => {
    expect(problems('agents:\n  api:\n    directory: x\n    access: edti\n')).toEqual([
      { line: 4, message: 'agents.api.access is "edti"; expected one of read, edit, full, ask (did you mean "edit"?)' },
    ]);
  });

  it('names every unknown key, the nearest key and all that there are', () => {
    const found = problems('agents:\n  api:\n    directory: x\n    timeot: 5m\n    colour: red\nmodertor: {}\n');
    expect(found.map(({ line }) => line)).toEqual([4, 5, 6]);
    expect(found[0]?.message).toMatch(
      /^unknown key "timeot" in agents\.api \(did you mean "timeout"\?\); expected one of directory, /,
    );
    expect(found[1]?.message).toMatch(/^unknown key "colour" in agents\.api; expected one of directory, /);
    expect(found[2]?.message).toMatch(
      /^unknown key "modertor" \(did you mean "moderator"\?\); expected one of dataDir, agents, /,
    );
  });

  it('says of a secret in the file where secrets come from', () => {
    const [found] = problems('agents: {}\nsurfaces:\n  slack:\n    botToken: xoxb-1\n');
    expect(found).toMatchObject({
      line: 4,
      message: expect.stringContaining('secrets are taken from the environment only'),
    });
    expect(found?.message).not.toContain('xoxb');
  });

  it.each([
    ['agents:\n  api:\n    directory:\n', 3, 'agents.api.directory has no value (null); expected text'],
    ['agents:\n  api: {}\n', 2, 'agents.api.directory is missing; expected text'],
    ['agents:\n  api: ../api\n', 2, 'agents.api is "../api"; expected keys and values (directory, '],
    [
      'agents: {}\nlimits: { concurrentAsks: 900 }\n',
      2,
      'limits.concurrentAsks is 900; expected a whole number from 1 to 64',
    ],
    ['agents: {}\naccess: { may: [read] }\n', 2, 'access has keys of its own; expected a list of rules'],
    ['agents: {}\naccess:\n  - may:\n    - read\n    - wrte\n', 5, 'access[0].may[1] is "wrte"; expected one of read'],
    ['agents: {}\ngroups: { all-of-us: [] , other: api }\n', 2, 'groups.other is "api"; expected a list of agents'],
    ['', 1, 'the file has no value (null); expected keys and values (dataDir, '],
    ['- a\n', 1, 'the file is a list; expected keys and values (dataDir, '],
  ])('says of %o what is wrong', (text, line, message) => {
    expect(problems(text)[0]).toEqual({ line, message: expect.stringContaining(message) });
  });

  it('shows no value that could be a secret', () => {
    const text =
      'agents:\n  api:\n    directory: x\n    env: { API_KEY: 123456789012 }\nsurfaces: { discord: { apiUrl: "ftp://me:hunter2@host" } }\n';
    const found = problems(text);
    expect(found).toHaveLength(2);
    expect(found.map(({ message }) => message).join()).not.toMatch(/123456789012|hunter2/);
  });
});

describe('named', () => {
  it('writes a path as people do', () => {
    expect(named(['agents', 'api', 'args', 1])).toBe('agents.api.args[1]');
    expect(named([])).toBe('the file');
  });
});
