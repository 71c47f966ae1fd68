import type { CommandSpec } from '../adapters/adapter.ts';
import type { Command } from '../commands/command.ts';
import type { DoctorReport, Services } from '../commands/services.ts';
import { requestOf } from '../runtime/requests.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createAgentsService } from '../runtime/services/agents.ts';
import { createTurnsService } from '../runtime/services/turns.ts';
import { usageReport } from '../runtime/services/usage.ts';
import type { Views } from '../runtime/views.ts';
import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';

export interface JoinedServices {
  readonly ground: Ground;
  readonly crew: Crew;
  readonly rights: Services['rights'];
  readonly following: Services['following'];
  readonly views: Views;
  readonly version: string;
  readonly commands: readonly Command[];
  /** Command-line words that are no commands of the registry, for help. */
  readonly otherCommands: readonly CommandSpec[];
  /** Where relative directories of added agents begin. */
  readonly directory: string;
  /** Commands reach the runtime that runs them. */
  runtime(): Runtime;
}

/** What commands may use. */
export function joinServices(joined: JoinedServices): Services {
  const { ground, crew, rights, views } = joined;
  const { ledger, history, clock, config, store } = ground;
  const { registry } = crew;
  const usageOptions = { store, budgets: config.budgets, now: clock.now };
  const services: Services = {
    version: joined.version,
    commands: () => [...joined.commands, ...joined.otherCommands],
    agents: createAgentsService({
      registry,
      sessions: crew.sessions,
      providers: crew.providers,
      worktrees: crew.worktreesOf,
      working: (name) =>
        [...joined.runtime().running].some((turn) =>
          views.asks(turn)?.some((ask) => ask.agent === name && ask.status === 'asking'),
        ),
      base: joined.directory,
    }),
    rights,
    turns: createTurnsService({
      ledger,
      views,
      requestOf: (turn) => requestOf(turn.message, turn.carries, joined.commands, services).request,
      stop: (turn, by) => joined.runtime().stop(turn, by),
      signalled: () => joined.runtime().signalled(),
    }),
    history,
    following: joined.following,
    usage: async (requester, conversation, since) => {
      const visible = await rights.visible(requester, conversation);
      return usageReport(usageOptions, visible, { requester, conversation }, since);
    },
    doctor: () => examineProgram(joined),
    now: clock.now,
  };
  return services;
}

async function examineProgram({ ground, crew, version }: JoinedServices): Promise<DoctorReport> {
  const { config, environment, children, store } = ground;
  const { slack, discord } = environment;
  const { examine } = await import('../runtime/services/doctor.ts');
  await (await crew.chooser()).forget();
  return examine({
    version,
    node: process.version,
    config,
    providers: await crew.providers(),
    agents: await crew.registry.agents(),
    environment: children,
    automatic: crew.automatic,
    gitVersion: async () => (await import('../worktrees/worktrees.ts')).gitVersion(),
    notices: store.notices,
    tokens: {
      slackBot: slack.botToken !== null,
      slackApp: slack.appToken !== null,
      slackSigning: slack.signingSecret !== null,
      slackClientId: slack.clientId !== null,
      slackClientSecret: slack.clientSecret !== null,
      secretKey: environment.secretKey !== null,
      discord: discord.token !== null,
    },
  });
}
