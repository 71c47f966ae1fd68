import type { CommandSpec } from '../adapter.ts';
import { argumentsOf } from '../help.ts';
import { askCallback } from './question-form.ts';

export interface ManifestOptions {
  /** Before the names of the commands. */
  readonly prefix: string;
  /** HTTP mode: where Slack sends everything; null for Socket Mode. */
  readonly url: string | null;
  /** For several workspaces: where Slack leads people back to after they installed the app; null for one. */
  readonly redirect: string | null;
}

/** Names that Slack keeps for itself: there only the umbrella serves. */
const kept: ReadonlySet<string> = new Set(
  'active apps archive away call canvas collapse contact dm dnd expand feed feedback invite invite_people join keys kick leave list me msg mute open part prefs remind remove rename search shortcuts shrug star status topic unarchive who'.split(
    ' ',
  ),
);
/** The umbrella is one of fifty. */
const mostCommands = 49;

/** What the app may do; docs/slack.md says what each is for. */
export const scopes: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'usergroups:read',
  'users:read',
];
const events: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
];

/** What the Slack app has to be set up with, made from the commands there are. */
export function slackManifest(commands: readonly CommandSpec[], { prefix, url, redirect }: ManifestOptions): object {
  const request = url === null ? {} : { url };
  const own = commands
    .filter(({ name, surfaces }) => (surfaces?.includes('slack') ?? true) && (prefix !== '' || !kept.has(name)))
    .slice(0, mostCommands);
  const umbrella = { name: 'tutti', summary: 'Any command: /tutti help lists them', usage: 'COMMAND …' };
  const listed = [umbrella, ...own.map((spec) => ({ name: spec.name, summary: spec.summary, usage: usageOf(spec) }))];
  return {
    display_information: {
      name: 'Tutti',
      description: 'Ask your coding agents together: one question, one answer with checked sources.',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Tutti', always_online: true },
      shortcuts: [
        {
          name: 'Ask Tutti about this',
          type: 'message',
          callback_id: askCallback,
          description: 'Ask about a message and its thread',
        },
      ],
      slash_commands: listed.map(({ name, summary, usage }) => ({
        command: `/${prefix}${name}`,
        ...request,
        description: summary.slice(0, 2000),
        ...(usage === '' ? {} : { usage_hint: usage.slice(0, 1000) }),
        should_escape: true,
      })),
    },
    oauth_config: { ...(redirect === null ? {} : { redirect_urls: [redirect] }), scopes: { bot: scopes } },
    settings: {
      event_subscriptions: { ...(url === null ? {} : { request_url: url }), bot_events: events },
      interactivity: { is_enabled: true, ...(url === null ? {} : { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

function usageOf(spec: CommandSpec): string {
  if (spec.subcommands.length > 0) return spec.subcommands.map(({ name }) => name).join(' | ');
  return argumentsOf(spec, null)
    .map((argument) => (argument.kind === 'positional' ? positional(argument) : `[--${argument.name}]`))
    .join(' ');
}

function positional({ name, choices, required }: CommandSpec['args'][number]): string {
  const shown = choices === undefined ? name : choices.join('|');
  return required === true ? shown : `[${shown}]`;
}
