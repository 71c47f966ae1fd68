import { randomBytes } from 'node:crypto';
import { type App, HTTPReceiver, type InstallationStore, type StateStore } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { failurePage, guard, installPage, sendPage, successPage } from './install-pages.ts';
import { createSlackLogger } from './logger.ts';
import { scopes } from './manifest.ts';
import { clientOptions } from './web.ts';

/** What the pages for installing Tutti in workspaces need. */
export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiUrl: string | null;
  /** Where the pages are, in Socket Mode; in HTTP mode they are beside the events. */
  readonly port: number;
  readonly states: StateStore;
  readonly store: InstallationStore;
}

export interface HttpOptions {
  readonly port: number;
  readonly install: InstallOptions | null;
  /** Where events come; absent where none come over HTTP. */
  readonly events?: { readonly signingSecret: string; readonly path: string };
  readonly log: Log;
}

export interface HttpReceiver {
  init(app: Pick<App, 'processEvent'>): void;
  /** Rejects with UserError `slack-port` where the port is taken. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on a port: for events with Slack's signature, for people who install Tutti, or for both. */
export function createHttpReceiver({ port, install, events, log }: HttpOptions): HttpReceiver {
  const receiver = new HTTPReceiver({
    // Without events, nothing is signed: no request can be.
    signingSecret: events?.signingSecret ?? randomBytes(32).toString('hex'),
    endpoints: events === undefined ? [] : [events.path],
    port,
    logger: createSlackLogger(log),
    ...(install === null ? {} : installer(install, log)),
  });
  let isListening = false;
  return {
    init: (app) => receiver.init(app as App),
    async start() {
      await receiver.start(port).catch((error: unknown) => {
        throw portProblem(port, error);
      });
      isListening = true;
    },
    async stop() {
      if (!isListening) return;
      isListening = false;
      await receiver.stop();
    },
  };
}

function portProblem(port: number, error: unknown): unknown {
  const inUse = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
  if (!inUse) return error;
  return new UserError('slack-port', `Port ${port} is taken already.`, {
    hint: 'Set another under surfaces.slack.port, and the same in the app’s request and redirect URLs.',
    exit: 2,
  });
}

/** Bolt's own installer, with our states, our store and our pages. */
function installer({ clientId, clientSecret, apiUrl, states, store }: InstallOptions, log: Log) {
  return {
    clientId,
    clientSecret,
    scopes: [...scopes],
    installationStore: store,
    installerOptions: {
      stateStore: states,
      clientOptions: clientOptions({ apiUrl, log }),
      ...(apiUrl === null ? {} : { authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href }),
      renderHtmlForInstallPath: installPage,
      installPathOptions: {
        async beforeRedirection(_request, response) {
          guard(response);
          return true;
        },
      },
      callbackOptions: {
        success: ({ team }, _options, _request, response) => sendPage(response, 200, successPage(team?.name ?? '')),
        failure: (error, _options, _request, response) => sendPage(response, 400, failurePage(error)),
      },
    },
  } satisfies Partial<ConstructorParameters<typeof HTTPReceiver>[0]>;
}
