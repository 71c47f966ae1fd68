import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const saltBytes = 16;
const ivBytes = 12;
const tagBytes = 16;
const version = '1';

/**
 * Encrypts a text with a key made from the secret. It opens only with the same secret and for the same owner, so that a sealed text
 * cannot be put in another's place.
 */
export async function seal(text: string, secret: string, owner: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, await keyOf(secret, salt), iv).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${version}.${Buffer.concat([salt, iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The text that was sealed for this owner; null where the secret is another one, or the sealed text was changed. */
export async function unseal(sealed: string, secret: string, owner: string): Promise<string | null> {
  const [written, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (written !== version || bytes.length < saltBytes + ivBytes + tagBytes) return null;
  const [salt, iv, tag, rest] = sliced(bytes, [saltBytes, ivBytes, tagBytes]);
  const key = await keyOf(secret, salt ?? Buffer.alloc(0));
  try {
    const decipher = createDecipheriv(algorithm, key, iv ?? Buffer.alloc(0), { authTagLength: tagBytes })
      .setAAD(Buffer.from(owner))
      .setAuthTag(tag ?? Buffer.alloc(0));
    return Buffer.concat([decipher.update(rest ?? Buffer.alloc(0)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** A key for signing what a browser keeps for us. */
export function signingKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `tutti ${purpose}`, keyBytes));
}

/** Secrets that people choose may be weak: making a key of one takes time. */
function keyOf(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, keyBytes, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** Pieces of these lengths, and what is left. */
function sliced(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const ends = lengths.map((_, index) => lengths.slice(0, index + 1).reduce((sum, length) => sum + length, 0));
  const starts = [0, ...ends];
  return starts.map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length));
}
