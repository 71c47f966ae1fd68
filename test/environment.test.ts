import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../src/environment.ts';

describe('childEnvironment', () => {
  it('gives children what the user has', () => {
    const variables = {
      HOME: '/home/alice',
      LANG: 'en_US.UTF-8',
      GITHUB_TOKEN: 'theirs',
      TUTTI_CONFIG: '/x',
      NODE_ENV: 'test',
    };
    expect(childEnvironment(variables)).toEqual(variables);
  });

  it('takes out what npm added for its scripts', () => {
    const variables = {
      npm_config_registry: 'x',
      npm_lifecycle_event: 'start',
      npm_package_name: 'tutti',
      INIT_CWD: '/project',
      NODE: '/usr/bin/node',
      COLOR: '1',
      NODE_OPTIONS: '--inspect',
      NPM_TOKEN: 'the user set this one',
    };
    expect(childEnvironment(variables)).toEqual({ NPM_TOKEN: 'the user set this one' });
  });

  it('keeps secrets of the surfaces and our own from children', () => {
    const variables = { SLACK_BOT_TOKEN: 'xoxb', SLACK_API_URL: 'http://x', DISCORD_TOKEN: 'y', TUTTI_SECRET_KEY: 'z' };
    expect(childEnvironment(variables)).toEqual({});
  });

  it('does not pass on what was meant for the one ask that this process may itself serve', () => {
    expect(childEnvironment({ TUTTI_ASK: '1', TUTTI_RESUMED: '1', TUTTI_SESSION: 's', TUTTI_PHASE: 'decide' })).toEqual(
      {},
    );
  });

  it('leaves unset variables out', () => {
    expect(childEnvironment({ HOME: undefined })).toEqual({});
  });

  describe('PATH', () => {
    const pathOf = (...entries: string[]) => childEnvironment({ PATH: entries.join(':') }).PATH?.split(':');
    const gyp = '/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin';

    it('loses the entries that npm put in front', () => {
      expect(
        pathOf('/a/b/node_modules/.bin', '/a/node_modules/.bin', '/node_modules/.bin', gyp, '/usr/bin', '/bin'),
      ).toEqual(['/usr/bin', '/bin']);
    });

    it('loses them as often as scripts ran scripts', () => {
      expect(pathOf('/a/node_modules/.bin', gyp, '/b/node_modules/.bin', gyp, '/usr/bin')).toEqual(['/usr/bin']);
    });

    it("keeps the user's own entries, wherever they stand", () => {
      const own = ['/home/alice/tools/node_modules/.bin', '/usr/bin', '/a/node_modules/.bin'];
      expect(pathOf(...own)).toEqual(own);
      expect(pathOf('/usr/bin', '/a/node_modules/.bin', gyp)).toEqual(['/usr/bin', '/a/node_modules/.bin', gyp]);
      expect(pathOf('/a/node_modules/.bin', gyp, ...own)).toEqual(own);
    });
  });
});
