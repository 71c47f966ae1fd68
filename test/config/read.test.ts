import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { UserError } from '../../src/errors.ts';
import { temporaryFiles } from '../support/files.ts';
import { knownProviders } from '../support/providers.ts';

function read(text: string) {
  const directory = temporaryFiles({ 'api/package.json': '{}', file: '' });
  return readConfig({ path: join(directory, 'tutti.yaml'), text, shown: 'tutti.yaml' }, knownProviders);
}

function refused(text: string): UserError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('readConfig', () => {
  it('reads a file that is right', () => {
    expect(read('agents:\n  api: { directory: api, access: read }\n').agents).toMatchObject([
      { name: 'api', access: 'read' },
    ]);
  });

  it('refuses what is wrong with code, file, line and a hint', () => {
    const error = refused('agents:\n  api:\n    directory: api\n    timeot: 5m\n');
    expect(error).toMatchObject({ code: 'config', exit: 2, hint: expect.stringContaining('tutti.example.yaml') });
    expect(error.message).toMatch(
      /^tutti\.yaml:4: unknown key "timeot" in agents\.api \(did you mean "timeout"\?\); expected one of .*\.$/,
    );
  });

  it('looks for directories from the file', () => {
    expect(refused('agents:\n  api:\n    directory: nowhere\n').message).toMatch(
      /^tutti\.yaml:3: .*"nowhere" is not there/,
    );
    expect(refused('agents:\n  api:\n    directory: file\n').message).toMatch(
      /^tutti\.yaml:3: .*"file" is not a directory/,
    );
    expect(refused('agents:\n  api:\n    directory: "a\\0b"\n').message).toMatch(/^tutti\.yaml:3: /);
  });

  it('says where YAML itself is broken', () => {
    expect(refused('agents:\n  api: {\n').message).toMatch(/^tutti\.yaml:\d: is not valid YAML here: /);
  });

  it('shows nothing of a file that could move a cursor or look like another message', () => {
    const { message } = refused('agents: {}\n"\\e[2J\\ntutti.yaml:9: forged": 1\n');
    expect(message).not.toMatch(/\x1b|\n/);
    expect(message).toContain('unknown key " tutti.yaml:9: forged"');
  });

  it('refuses an empty file', () => {
    expect(refused('# nothing yet\n').message).toMatch(/the file has no value/);
  });

  it('names several problems in the order of the file, but not a wall of them', () => {
    const wrong = Array.from({ length: 9 }, (_, index) => `key${index}: 1`);
    const lines = refused(`agents: {}\n${wrong.join('\n')}\n`).message.split('\n');
    expect(lines.map((line) => line.slice(0, 13))).toEqual([
      'tutti.yaml:2:',
      'tutti.yaml:3:',
      'tutti.yaml:4:',
      'tutti.yaml:5:',
      'tutti.yaml:6:',
      'And 4 more.',
    ]);
  });
});
