import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { init } from '../../src/config/init.ts';
import { loadConfig } from '../../src/config.ts';
import { temporaryFiles } from '../support/files.ts';
import { knownProviders } from '../support/providers.ts';

function load(directory: string) {
  return loadConfig({ argument: null, environment: {}, directory, checkout: null, providers: knownProviders });
}

describe('init', () => {
  it('writes a file that Tutti reads, with the projects that it found', async () => {
    const root = temporaryFiles({
      'all/api/package.json': '{"description":"Billing: the \\"API\\" #1"}',
      'all/web/go.mod': '',
    });
    const { file, agents } = init(join(root, 'all/api'));
    expect(file).toBe(join(root, 'all/api/tutti.yaml'));
    expect(agents.map(({ name }) => name)).toEqual(['api', 'web']);
    expect((await load(join(root, 'all/api'))).agents).toMatchObject([
      {
        name: 'api',
        directory: join(root, 'all/api'),
        description: 'Billing: the "API" #1',
        provider: 'auto',
        access: 'edit',
      },
      { name: 'web', directory: join(root, 'all/web'), description: '' },
    ]);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('directory: "."');
    expect(text).toContain('directory: "../web"');
    expect(text.split('\n').filter((line) => line.trimStart().startsWith('#')).length).toBeGreaterThan(10);
  });

  it('leaves comments that are right once they are taken out of comments', async () => {
    const root = temporaryFiles({ 'all/api/package.json': '{}', 'all/worker/package.json': '{}' });
    const { file } = init(join(root, 'all'));
    const text = readFileSync(file, 'utf8').replace(/^# ?(?=(?:\w+:$| {2}))/gm, '');
    const sections = ['groups:', 'moderator:', 'budgets:', 'surfaces:', 'access:'];
    for (const section of sections) expect(text).toMatch(new RegExp(`^${section}$`, 'm'));
    const changed = temporaryFiles({ 'tutti.yaml': text, 'api/': '', 'worker/': '' });
    expect(await load(changed)).toMatchObject({ groups: [{ name: 'backend' }], access: [{ surface: 'slack' }] });
  });

  it.each(['true', '123', '日本', 'a"b', "it's", '#x', 'a: b', '\u202eevil', 'x\x1b[2Jy', 'new\nline'])(
    'copes with a folder called %j',
    async (folder) => {
      const root = temporaryFiles({ [`all/${folder}/package.json`]: '{}' });
      const { file } = init(join(root, 'all'));
      expect((await load(join(root, 'all'))).agents.map(({ directory }) => directory)).toEqual([
        join(root, 'all', folder),
      ]);
      expect(readFileSync(file, 'utf8')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    },
  );

  it('never changes a file that is there', () => {
    const root = temporaryFiles({ 'tutti.yaml': 'mine' });
    expect(() => init(root)).toThrow(expect.objectContaining({ code: 'file-exists', exit: 2 }));
    expect(readFileSync(join(root, 'tutti.yaml'), 'utf8')).toBe('mine');
  });

  it('says that it may not write here', () => {
    const missing = join(temporaryFiles(), 'gone');
    expect(() => init(missing)).toThrow(expect.objectContaining({ code: 'not-written', exit: 1 }));
  });
});
