import { WebClient } from '@slack/web-api';
import { UserError } from '../../errors.ts';
import type { SharedHost } from '../adapter.ts';
import type { Installation, Installations } from './installations.ts';
import { outcomeOf, reinstall } from './outcome.ts';
import { createRotatingToken, type RotatingToken, type Tokens } from './token.ts';
import { clientOptions, openWeb } from './web.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';
import { isLate, type Workspaces } from './workspaces.ts';

export interface InstalledOptions extends Omit<WorkspaceOptions, 'signedOut'> {
  readonly host: SharedHost;
  readonly installations: Installations;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ids of those that may install Tutti; all when empty. */
  readonly allowed: readonly string[];
  /** The workspace of a token in the environment, which is served beside those that installed Tutti. */
  readonly fixed: Workspaces | null;
}

/** Workspaces that installed Tutti, each with tokens of its own. */
export interface Installed extends Workspaces {
  /** Serves all that are kept. Rejects with UserErrors; those that Slack let in no more are left out, and named in the log. */
  open(): Promise<void>;
  /** A workspace installed Tutti, maybe again. Rejects with the UserError that says why it cannot be served. */
  install(installation: Installation): Promise<void>;
}

interface Served {
  readonly workspace: Workspace;
  readonly token: RotatingToken;
}

export function createInstalled(options: InstalledOptions): Installed {
  const { host, installations, log } = options;
  const [fixed = null] = options.fixed?.all() ?? [];
  const served = new Map<string, Served>();
  /** Those that Slack does not let in any more, as long as it may still say why. */
  const lost = new Map<string, Workspace>();
  const oauth = new WebClient(undefined, clientOptions(options)).oauth.v2;

  async function renew(refreshToken: string): Promise<Tokens | null> {
    const request = { client_id: options.clientId, client_secret: options.clientSecret };
    try {
      const answer = await oauth.access({ ...request, grant_type: 'refresh_token', refresh_token: refreshToken });
      if (answer.access_token === undefined) throw new Error('Slack answered without a token');
      return {
        token: answer.access_token,
        refreshToken: answer.refresh_token ?? null,
        expiresAt: answer.expires_in === undefined ? null : options.now().getTime() + answer.expires_in * 1000,
      };
    } catch (error) {
      const { kind } = outcomeOf(error);
      if (kind === 'refused' || kind === 'signed-out') return null;
      throw error;
    }
  }

  /** Slack takes its token no more, for reasons that may pass: it is tried again at the next start. */
  function lose(team: string, problem: UserError): void {
    log.error(`${problem.message} ${problem.hint ?? ''}`);
    const workspace = served.get(team)?.workspace;
    served.delete(team);
    if (workspace === undefined) return;
    workspace.end();
    lost.set(team, workspace);
  }

  async function serve(installation: Installation): Promise<void> {
    const { team, name } = installation;
    const log = options.log.child({ workspace: name });
    const token = createRotatingToken({
      tokens: installation.tokens,
      log,
      renew,
      async keep(tokens) {
        const kept = await installations.get(team);
        if (kept !== null) await installations.set({ team, ...kept, tokens });
      },
      now: () => options.now().getTime(),
    });
    const signedOut = (code: string) => reinstall(name, code);
    const web = await openWeb({ token, apiUrl: options.apiUrl, log, signedOut });
    const failed = (problem: UserError) => lose(team, problem);
    const workspace = createWorkspace(web, { ...host, failed }, { ...options, log, signedOut });
    served.set(team, { workspace, token });
    lost.delete(team);
    await host.opened(team);
  }

  function check({ team, name }: Installation): void {
    if (fixed?.team === team)
      throw new UserError('slack-install', `${name} is served with $SLACK_BOT_TOKEN already.`, {
        hint: 'Nothing more has to be done there.',
      });
    if (options.allowed.length === 0 || options.allowed.includes(team)) return;
    throw new UserError('slack-install', `${name} (${team}) is not among the workspaces that may install Tutti.`, {
      hint: 'Whoever keeps the configuration can add it to surfaces.slack.workspaces.',
    });
  }

  return {
    of: (team) => served.get(team)?.workspace ?? (fixed?.team === team ? fixed : null),
    all: () => [...(fixed === null ? [] : [fixed]), ...[...served.values()].map(({ workspace }) => workspace)],
    has: async (team) => fixed?.team === team || (await installations.get(team)) !== null,
    async open() {
      for (const installation of await installations.all()) {
        if (installation.team === fixed?.team) continue;
        await serve(installation).catch((error: unknown) => {
          if (!(error instanceof UserError) || !['slack-sign-in', 'slack-scopes'].includes(error.code)) throw error;
          lose(installation.team, error);
        });
      }
    },
    async install(installation) {
      check(installation);
      const { team } = installation;
      await installations.set(installation);
      const before = served.get(team);
      if (before !== undefined) return before.token.replace(installation.tokens);
      await serve(installation).catch(async (error: unknown) => {
        served.get(team)?.workspace.end();
        served.delete(team);
        await installations.delete(team);
        throw error;
      });
      log.info('a workspace installed Tutti', { workspace: installation.name });
    },
    async removed(team, removal) {
      if (fixed?.team === team) return options.fixed?.removed(team, removal);
      const kept = await installations.get(team);
      if (kept === null || isLate(removal, Date.parse(kept.installedAt))) return;
      await installations.delete(team);
      const workspace = served.get(team)?.workspace ?? lost.get(team);
      served.delete(team);
      lost.delete(team);
      workspace?.end();
      await workspace?.stop();
      log.warn('Tutti was removed from a workspace of Slack; its tokens are forgotten', {
        workspace: kept.name,
        reason: removal.code,
      });
    },
  };
}
