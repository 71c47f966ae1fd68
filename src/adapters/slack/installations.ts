import { UserError } from '../../errors.ts';
import type { SurfaceRecords } from '../adapter.ts';
import { parsedFields, text } from '../untyped.ts';
import { seal, unseal } from './seal.ts';
import type { Tokens } from './token.ts';

/** A workspace that installed Tutti, as it is kept. */
export interface InstallationRecord {
  readonly name: string;
  /** ISO 8601. */
  readonly installedAt: string;
  /** Tokens, sealed for this workspace. */
  readonly sealed: string;
}

export interface Installation {
  readonly team: string;
  readonly name: string;
  readonly installedAt: string;
  readonly tokens: Tokens;
}

/** Workspaces that installed Tutti. Their tokens stand nowhere but here, sealed. */
export interface Installations {
  /** All of them. Rejects with UserError `slack-secret-key` where the key is another one than they were sealed with. */
  all(): Promise<readonly Installation[]>;
  get(team: string): Promise<Pick<Installation, 'name' | 'installedAt'> | null>;
  set(installation: Installation): Promise<void>;
  delete(team: string): Promise<void>;
}

export function createInstallations(records: SurfaceRecords<InstallationRecord>, secretKey: string): Installations {
  async function opened(team: string, { name, installedAt, sealed }: InstallationRecord): Promise<Installation | null> {
    const body = await unseal(sealed, secretKey, ownerOf(team));
    return body === null ? null : { team, name, installedAt, tokens: readTokens(body) };
  }

  return {
    async all() {
      const kept: (readonly [string, InstallationRecord])[] = [];
      for await (const entry of records.entries()) kept.push(entry);
      const installations = await Promise.all(kept.map(([team, record]) => opened(team, record)));
      const closed = kept.filter((_, index) => installations[index] === null).map(([team, { name }]) => name || team);
      if (closed.length > 0) throw otherKey(closed);
      return installations.filter((one) => one !== null);
    },
    async get(team) {
      const record = await records.get(team);
      return record === undefined ? null : { name: record.name, installedAt: record.installedAt };
    },
    async set({ team, name, installedAt, tokens }) {
      await records.set(team, {
        name,
        installedAt,
        sealed: await seal(JSON.stringify(tokens), secretKey, ownerOf(team)),
      });
    },
    async delete(team) {
      await records.delete(team);
    },
  };
}

function ownerOf(team: string): string {
  return `slack:${team}`;
}

function readTokens(body: string): Tokens {
  const { token, refreshToken, expiresAt } = parsedFields(body);
  return {
    token: text(token),
    refreshToken: text(refreshToken) || null,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : null,
  };
}

function otherKey(names: readonly string[]): UserError {
  return new UserError(
    'slack-secret-key',
    `$TUTTI_SECRET_KEY does not open the tokens of ${names.join(', ')}: they were sealed with another one.`,
    {
      hint: 'Start with the key that they were sealed with. Nothing was changed; where that key is lost, give Tutti another dataDir and install it in these workspaces again.',
      exit: 2,
    },
  );
}
