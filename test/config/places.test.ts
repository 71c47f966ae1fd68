import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDir, findConfigFile, identify } from '../../src/config/places.ts';
import { temporaryFiles } from '../support/files.ts';

/** A machine on which every place has a configuration. */
function machine() {
  const root = temporaryFiles({
    'argument.yaml': '',
    'variable.yaml': '',
    'project/tutti.yaml': '',
    'settings/tutti/tutti.yaml': '',
    'checkout/config/demo.yaml': '',
    'checkout/src/main.ts': '',
    'checkout/test/deep/': '',
    'elsewhere/': '',
  });
  return {
    root,
    search: {
      argument: '../argument.yaml',
      environment: {
        TUTTI_CONFIG: '../variable.yaml',
        XDG_CONFIG_HOME: join(root, 'settings'),
        HOME: join(root, 'elsewhere'),
      },
      directory: join(root, 'project'),
      checkout: join(root, 'checkout'),
    },
  };
}

describe('findConfigFile', () => {
  it('takes --config, $TUTTI_CONFIG, ./tutti.yaml and the user’s own in this order', () => {
    const { root, search } = machine();
    expect(findConfigFile(search)).toEqual({ path: join(root, 'argument.yaml'), origin: 'argument' });
    const unnamed = { ...search, argument: null };
    expect(findConfigFile(unnamed)).toEqual({ path: join(root, 'variable.yaml'), origin: 'environment' });
    const unset = { ...unnamed, environment: { ...search.environment, TUTTI_CONFIG: '' } };
    expect(findConfigFile(unset)).toEqual({ path: join(root, 'project/tutti.yaml'), origin: 'directory' });
    rmSync(join(root, 'project/tutti.yaml'));
    expect(findConfigFile(unset)).toEqual({ path: join(root, 'settings/tutti/tutti.yaml'), origin: 'user' });
    rmSync(join(root, 'settings'), { recursive: true });
    expect(findConfigFile(unset)).toBeNull();
  });

  it("looks below ~/.config where the user's settings have no place of their own", () => {
    const { root, search } = machine();
    const own = join(root, 'elsewhere/.config/tutti/tutti.yaml');
    mkdirSync(own.replace('/tutti.yaml', ''), { recursive: true });
    symlinkSync(join(root, 'argument.yaml'), own);
    const environment = { HOME: join(root, 'elsewhere'), XDG_CONFIG_HOME: 'relative/counts/as/none' };
    expect(findConfigFile({ ...search, argument: null, environment, directory: root })).toEqual({
      path: own,
      origin: 'user',
    });
  });

  it("takes the demo anywhere inside Tutti's own checkout, and nowhere else", () => {
    const { root, search } = machine();
    const bare = { ...search, argument: null, environment: { HOME: root } };
    const demo = { path: join(root, 'checkout/config/demo.yaml'), origin: 'demo' };
    expect(findConfigFile({ ...bare, directory: join(root, 'checkout') })).toEqual(demo);
    expect(findConfigFile({ ...bare, directory: join(root, 'checkout/test/deep') })).toEqual(demo);
    expect(findConfigFile({ ...bare, directory: join(root, 'elsewhere') })).toBeNull();
    expect(findConfigFile({ ...bare, directory: root })).toBeNull();
    expect(findConfigFile({ ...bare, directory: join(root, 'checkout'), checkout: null })).toBeNull();
    symlinkSync(join(root, 'checkout'), join(root, 'elsewhere/link'));
    expect(findConfigFile({ ...bare, directory: join(root, 'elsewhere/link/test') })).toEqual(demo);
  });

  it('takes no demo from an installed package', () => {
    const { root, search } = machine();
    rmSync(join(root, 'checkout/src/main.ts'));
    const directory = join(root, 'checkout');
    expect(findConfigFile({ ...search, argument: null, environment: { HOME: root }, directory })).toBeNull();
  });

  it('says which file was named and is not there', () => {
    const { root, search } = machine();
    expect(() => findConfigFile({ ...search, argument: 'nowhere.yaml' })).toThrow(
      `The configuration ${join(root, 'project/nowhere.yaml')}, named by --config, is not there.`,
    );
    expect(() => findConfigFile({ ...search, argument: '.' })).toThrow(/is a directory/);
    const environment = { TUTTI_CONFIG: 'nowhere.yaml' };
    expect(() => findConfigFile({ ...search, argument: null, environment })).toThrow(
      /named by \$TUTTI_CONFIG, is not there/,
    );
  });
});

describe('defaultDataDir', () => {
  it('keeps configurations apart by their real path, below the data of the user', () => {
    const environment = { HOME: '/home/alice' };
    const one = defaultDataDir('/projects/one/api/tutti.yaml', '/projects/one/api', environment, 'linux');
    const two = defaultDataDir('/projects/two/api/tutti.yaml', '/projects/two/api', environment, 'linux');
    expect(one).toMatch(/^\/home\/alice\/\.local\/share\/tutti\/api-[0-9a-f]{8}$/);
    expect(two).toMatch(/^\/home\/alice\/\.local\/share\/tutti\/api-[0-9a-f]{8}$/);
    expect(one).not.toBe(two);
    expect(defaultDataDir('/projects/one/api/tutti.yaml', '/projects/one/api', environment, 'linux')).toBe(one);
  });

  it('follows the system and $XDG_DATA_HOME', () => {
    const place = (environment: Record<string, string>, platform: NodeJS.Platform) =>
      defaultDataDir('/a/tutti.yaml', '/a', environment, platform).replace(/[0-9a-f]{8}$/, 'x');
    expect(place({ HOME: '/Users/alice' }, 'darwin')).toBe('/Users/alice/Library/Application Support/tutti/a-x');
    expect(place({ HOME: '/home/alice', XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/tutti/a-x');
    expect(place({ HOME: '/home/alice', XDG_DATA_HOME: 'data' }, 'linux')).toBe('/home/alice/.local/share/tutti/a-x');
    expect(place({}, 'linux')).toBe(join(homedir(), '.local/share/tutti/a-x'));
  });

  it('has a name for the top of the file system', () => {
    expect(defaultDataDir('/', '/', { HOME: '/h' }, 'linux')).toMatch(/^\/h\/\.local\/share\/tutti\/root-[0-9a-f]{8}$/);
  });
});

describe('identify', () => {
  it('sees through links', () => {
    const root = temporaryFiles({ 'project/tutti.yaml': '' });
    symlinkSync(join(root, 'project'), join(root, 'link'));
    expect(identify(join(root, 'link/tutti.yaml'), root)).toEqual({
      identity: join(root, 'project/tutti.yaml'),
      folder: join(root, 'project'),
    });
    expect(identify(null, join(root, 'link'))).toEqual({
      identity: join(root, 'project'),
      folder: join(root, 'project'),
    });
  });
});
