import { describe, expect, it } from 'vitest';
import { createMask, createStreamMask, knownSecrets } from '../src/mask.ts';

const pem = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7',
  'VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDu',
  '-----END PRIVATE KEY-----',
].join('\n');

describe('knownSecrets', () => {
  const names = (variables: Record<string, string | undefined>) => knownSecrets(variables).map(({ name }) => name);

  it.each([
    ['GITHUB_TOKEN', 'ghp_0123456789'],
    ['CLIENT_SECRET', 'correct-horse-battery'],
    ['DB_PASSWORD', 'twelve chars'],
    ['AWS_CREDENTIALS', 'aaaa:bbbb:cccc'],
    ['OPENAI_API_KEY', 'sk-0123456789abc'],
    ['api_key', 'sk-0123456789abc'],
    ['DATABASE_KEY_URL', 'postgres://app:hunter2@db.example/app'],
    ['AWS_SECRET_ACCESS_KEY', '/k3J9dQ8xZ1bYc7TqLmN+vR2sWfEhUoPaBgCiDjX'],
    ['SESSION_KEY', 'ab/c3J9dQ8xZ1bYc7TqLmNvR2sWfEhUoPaBgCiDjX='],
    ['SLACK_BOT_TOKEN', 'xoxb-1-test'],
    ['SLACK_APP', 'anything-at-all'],
    ['DISCORD_WHATEVER', 'anything-at-all'],
    ['GITHUB_APP_PRIVATE_KEY', pem],
  ])('counts %s as a secret', (name, value) => {
    expect(names({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['a short value', 'SORT_KEY', 'created_at'],
    ['another name', 'EDITOR', 'a-long-enough-value'],
    ['an absolute path', 'SSH_KEY_FILE', '/home/alice/.ssh/id_ed25519'],
    ['a path below the home directory', 'KEY_DIRECTORY', '~/secrets/keys'],
    ['a relative path', 'GOOGLE_APPLICATION_CREDENTIALS', 'config/keys/service.json'],
    ['an address without user info', 'TOKEN_ENDPOINT', 'https://login.example/oauth/token'],
    ['an address of a surface', 'SLACK_API_URL', 'http://127.0.0.1:4000/api/'],
    ['a setting of a surface', 'SLACK_MODE', 'socket'],
    ['an unset variable', 'API_TOKEN', undefined],
  ])('does not count %s', (_what, name, value) => {
    expect(names({ [name]: value })).toEqual([]);
  });

  it('collects from several environments', () => {
    const secrets = knownSecrets({ API_TOKEN: 'first-0123456789' }, { OTHER_TOKEN: 'second-0123456789' });
    expect(secrets.map(({ name }) => name)).toEqual(['API_TOKEN', 'OTHER_TOKEN']);
  });
});

describe('createMask', () => {
  it('puts the name where the value stood, every time', () => {
    const mask = createMask([{ name: 'API_TOKEN', value: 'tok-0123456789' }]);
    expect(mask('a tok-0123456789, b tok-0123456789tok-0123456789.')).toBe('a [API_TOKEN], b [API_TOKEN][API_TOKEN].');
  });

  it('leaves no part of a secret where two overlap', () => {
    const mask = createMask([
      { name: 'FIRST', value: 'aaaa1111bbbb' },
      { name: 'SECOND', value: '1111bbbbcccc' },
    ]);
    expect(mask('x aaaa1111bbbbcccc y')).toBe('x [FIRST] y');
  });

  it('leaves no part of a secret that overlaps itself', () => {
    expect(createMask([{ name: 'KEY', value: 'xyxyxyxyxyxy' }])('a xyxyxyxyxyxyxyxy b')).toBe('a [KEY] b');
  });

  it('names the longer one where one secret contains the other', () => {
    const mask = createMask([
      { name: 'SHORT', value: 'tok-0123456789' },
      { name: 'LONG', value: 'tok-0123456789-and-more' },
    ]);
    expect(mask('tok-0123456789-and-more tok-0123456789')).toBe('[LONG] [SHORT]');
  });

  it('finds a secret inside JSON and inside an address', () => {
    const mask = createMask([{ name: 'DB_PASSWORD', value: 'a"b\\c/d e&f=g' }]);
    expect(mask(JSON.stringify({ password: 'a"b\\c/d e&f=g' }))).toBe('{"password":"[DB_PASSWORD]"}');
    expect(mask(`https://x.example/?p=${encodeURIComponent('a"b\\c/d e&f=g')}`)).toBe(
      'https://x.example/?p=[DB_PASSWORD]',
    );
  });

  it('finds a private key as a whole, indented, in part and escaped', () => {
    const mask = createMask([{ name: 'APP_KEY', value: pem }]);
    expect(mask(`before ${pem} after`)).toBe('before [APP_KEY] after');
    const indented = pem.split('\n').map((line) => `    ${line}`);
    expect(mask(indented.join('\n'))).not.toMatch(/MIIE|VJTU/);
    expect(mask(JSON.stringify({ pem }))).toBe('{"pem":"[APP_KEY]"}');
  });

  it('finds the key inside a credentials file, and leaves the rest of such a file alone', () => {
    const file = JSON.stringify({ type: 'service_account', private_key: pem }, null, 2);
    const mask = createMask(knownSecrets({ GOOGLE_CREDENTIALS: file }));
    expect(mask(pem)).not.toMatch(/MIIE|VJTU/);
    expect(mask('"type": "service_account",')).toBe('"type": "service_account",');
  });

  it('takes no secret as a pattern, and no name as a replacement pattern', () => {
    const mask = createMask([{ name: 'A_KEY$&', value: '.*(a+)+$[0-9]' }]);
    expect(mask('x .*(a+)+$[0-9] aaaaaa')).toBe('x [A_KEY$&] aaaaaa');
  });

  it('changes nothing when there are no secrets', () => {
    expect(createMask([])('text')).toBe('text');
  });
});

describe('createStreamMask', () => {
  const secrets = [
    { name: 'FIRST', value: 'aaaa1111bbbb' },
    { name: 'SECOND', value: '1111bbbbcccc' },
    { name: 'REPEATING', value: 'xyxyxyxyxyxy' },
  ];
  const text = 'start aaaa1111bbbbcccc, aaaa1111 and xyxyxyxyxyxyxyxy; 1111bbbbcccc aaaa1111bbb end aaaa1111bbbb';

  it('makes the same of the pieces as of the whole, however the text is cut', () => {
    const whole = createMask(secrets)(text);
    for (let size = 1; size <= text.length; size += 1) {
      const stream = createStreamMask(secrets);
      let shown = '';
      for (let start = 0; start < text.length; start += size) shown += stream.push(text.slice(start, start + size));
      expect(shown + stream.end(), `pieces of ${size}`).toBe(whole);
    }
  });

  it('never shows the beginning of a secret before it is known not to be one', () => {
    const stream = createStreamMask([{ name: 'API_TOKEN', value: 'tok-0123456789' }]);
    expect(stream.push('say tok-01234')).not.toContain('tok');
    expect(stream.push('56789 now') + stream.end()).toContain('[API_TOKEN] now');
  });

  it('shows what can no longer be part of a secret', () => {
    const stream = createStreamMask([{ name: 'API_TOKEN', value: 'tok-0123456789' }]);
    expect(stream.push('a long enough beginning of an answer')).toBe('a long enough beginning');
  });

  it('holds nothing back when there are no secrets', () => {
    expect(createStreamMask([]).push('text')).toBe('text');
  });
});
