import { describe, expect, it } from 'vitest';
import { isSecretName, isSkippedDirectory, isWorthlessName, readableText } from '../../src/search/exclusions.ts';

describe('names that are never indexed', () => {
  it.each([
    '.env',
    '.env.local',
    '.ENV.production',
    '.envrc',
    'prod.env',
    'id_rsa',
    'id_ed25519',
    'server.pem',
    'tls.key',
    'release.keystore',
    'store.jks',
    'cert.p12',
    'passwords.kdbx',
    '.npmrc',
    '.pypirc',
    '.netrc',
    '.git-credentials',
    '.htpasswd',
    '.pgpass',
    'credentials',
    'credentials.json',
    'client_secret_42.json',
    'service-account.json',
    'terraform.tfstate',
    'terraform.tfstate.backup',
    'prod.tfvars',
    'master.key',
    'kubeconfig',
  ])('%s holds secrets', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['.env.example', 'id_rsa.pub', 'keys.ts', 'environment.ts', 'credentials.ts', 'keyboard.js'])(
    '%s holds none',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );

  it.each(['logo.png', 'app.min.js', 'bundle.js.map', 'package-lock.json', 'go.sum', 'data.sqlite'])(
    '%s has nothing to read',
    (name) => {
      expect(isWorthlessName(name)).toBe(true);
    },
  );

  it('enters neither .git nor a nested node_modules', () => {
    expect(['.git', 'node_modules', 'src', 'dist'].filter(isSkippedDirectory)).toEqual(['.git', 'node_modules']);
  });
});

describe('readableText', () => {
  const read = (text: string) => readableText(Buffer.from(text));

  it('refuses binaries and minified code', () => {
    expect(readableText(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toBeNull();
    expect(read(`var a=1;${'b(2);'.repeat(2_000)}`)).toBeNull();
  });

  it('blanks private keys and leaves line numbers as they are', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----';
    const text = read(`const before = 1;\nconst key = \`${key}\`;\nconst after = 2;`);
    expect(text).not.toContain('MIIE');
    expect(text?.split('\n')[4]).toBe('const after = 2;');
  });

  it('blanks a key that never ends', () => {
    expect(read('a\n-----BEGIN PRIVATE KEY-----\nMIIEpAIB\nMIIEpAIB')).not.toContain('MIIE');
  });

  it('cuts endless lines', () => {
    const text = read(`${'short line\n'.repeat(60)}${'x'.repeat(5_000)}\nlast`);
    expect(text?.split('\n').at(-2)).toHaveLength(2_000);
    expect(text?.endsWith('\nlast')).toBe(true);
  });
});
