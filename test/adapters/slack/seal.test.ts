import { describe, expect, it } from 'vitest';
import { seal, signingKey, unseal } from '../../../src/adapters/slack/seal.ts';

describe('a sealed text', () => {
  it('opens with the same secret for the same owner, shows nothing of itself, and is never sealed the same way twice', async () => {
    const [one, other] = await Promise.all([
      seal('xoxb-a-token ✓', 'secret', 'slack:T1'),
      seal('xoxb-a-token ✓', 'secret', 'slack:T1'),
    ]);
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain('xoxb');
    expect(await unseal(one, 'secret', 'slack:T1')).toBe('xoxb-a-token ✓');
  });

  it('stays closed for another secret, for another owner, and where a bit of it was changed', async () => {
    const sealed = await seal('xoxb-a-token', 'secret', 'slack:T1');
    expect(await unseal(sealed, 'Secret', 'slack:T1')).toBeNull();
    expect(await unseal(sealed, 'secret', 'slack:T2')).toBeNull();
    const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url');
    for (const at of [0, 20, 30, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await unseal(`1.${changed.toString('base64url')}`, 'secret', 'slack:T1')).toBeNull();
    }
    for (const wrong of ['', '1.', '2.AAAA', 'nothing']) expect(await unseal(wrong, 'secret', 'slack:T1')).toBeNull();
  });
});

it('makes other keys for other purposes', () => {
  expect(signingKey('secret', 'one')).toEqual(signingKey('secret', 'one'));
  expect(signingKey('secret', 'one')).not.toEqual(signingKey('secret', 'other'));
});
