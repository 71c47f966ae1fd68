import type { InstallationStore } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SharedHost } from '../adapter.ts';
import type { InstallOptions } from './http.ts';
import { createInstallState } from './install-state.ts';
import type { Installed } from './installed.ts';
import { scopes } from './manifest.ts';
import { signingKey } from './seal.ts';
import { clientOptions } from './web.ts';

/** The app as workspaces install it. */
export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seals the workspaces' tokens. */
  readonly secretKey: string;
  /** Of the pages for installing, in Socket Mode. */
  readonly port: number;
  /** Ids of the workspaces that may install Tutti; all when empty. */
  readonly allowed: readonly string[];
}

export interface InstallingOptions {
  readonly oauth: OAuth;
  readonly apiUrl: string | null;
  readonly host: SharedHost;
  readonly installed: Pick<Installed, 'install'>;
  readonly log: Log;
  now(): Date;
}

/** What Bolt's installer is given: states that serve once, and a store that serves a workspace as soon as it has its tokens. */
export function installOptions({ oauth, apiUrl, host, installed, log, now }: InstallingOptions): InstallOptions {
  const { clientId, clientSecret, secretKey, port } = oauth;
  const store: InstallationStore = {
    async storeInstallation({ team, bot, isEnterpriseInstall }) {
      if (isEnterpriseInstall === true || team === undefined || bot === undefined) throw wholeOrganisation();
      const { token, refreshToken = null, expiresAt } = bot;
      const tokens = { token, refreshToken, expiresAt: expiresAt === undefined ? null : expiresAt * 1000 };
      const installation = { team: team.id, name: team.name ?? team.id, installedAt: now().toISOString(), tokens };
      await installed.install(installation).catch(async (error: unknown) => {
        await revoke(token, { apiUrl, log });
        throw error;
      });
    },
    fetchInstallation: async () => {
      throw new UserError('slack-install', 'Tokens of workspaces are given to nobody.');
    },
  };
  const states = createInstallState({
    asked: { scopes: [...scopes] },
    key: signingKey(secretKey, 'slack installation'),
    used: host.records('install-states'),
  });
  return { clientId, clientSecret, apiUrl, port, states, store };
}

/** A token that is not kept must not go on serving. */
async function revoke(token: string, options: Parameters<typeof clientOptions>[0]): Promise<void> {
  await new WebClient(token, clientOptions(options)).auth.revoke().catch(() => undefined);
}

function wholeOrganisation(): UserError {
  return new UserError('slack-install', 'Tutti is installed in workspaces, not in a whole organisation at once.', {
    hint: 'Open the page /slack/install again and choose a workspace.',
  });
}
