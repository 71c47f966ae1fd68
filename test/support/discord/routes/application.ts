import { text } from '../json.ts';
import { ApiProblem } from '../problems.ts';
import { answer, done, type Route, type RouteRequest } from '../routes.ts';
import type { Scene } from '../scene.ts';
import { shownUser } from '../shown.ts';
import type { Json } from '../world.ts';

/** The application: itself, its user, its gateway, its commands. */

const globalCommands = '/applications/:application/commands';
const guildCommands = '/applications/:application/guilds/:guild/commands';

export const applicationRoutes: readonly Route[] = [
  { name: 'gateway', method: 'GET', path: '/gateway', run: ({ scene }) => answer({ url: socketUrl(scene) }) },
  {
    name: 'gateway',
    method: 'GET',
    path: '/gateway/bot',
    run: ({ scene }) =>
      answer({
        url: socketUrl(scene),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
      }),
  },
  { name: 'self', method: 'GET', path: '/users/@me', run: ({ scene }) => answer(shownUser(scene.world.bot)) },
  { name: 'application', method: 'GET', path: '/oauth2/applications/@me', run: ({ scene }) => answer(shown(scene)) },
  { name: 'application', method: 'GET', path: '/applications/@me', run: ({ scene }) => answer(shown(scene)) },
  ...[globalCommands, guildCommands].flatMap((path): readonly Route[] => [
    { name: 'commands.get', method: 'GET', path, run: (one) => answer(one.scene.registry.list(scopeOf(one))) },
    {
      name: 'commands.put',
      method: 'PUT',
      path,
      run: (one) => answer(one.scene.registry.replace(scopeOf(one), one.items)),
    },
    {
      name: 'commands.create',
      method: 'POST',
      path,
      run: (one) => answer(one.scene.registry.add(scopeOf(one), one.body), 201),
    },
    {
      name: 'commands.delete',
      method: 'DELETE',
      path: `${path}/:command`,
      run: (one) => {
        one.scene.registry.remove(scopeOf(one), text(one.params.command));
        return done;
      },
    },
  ]),
];

function scopeOf({ scene, params }: RouteRequest): string | null {
  if (params.application !== scene.world.bot.id) throw new ApiProblem(20012);
  if (params.guild !== undefined && params.guild !== scene.world.guild.id) throw new ApiProblem(50001);
  return params.guild ?? null;
}

function socketUrl(scene: Scene): string {
  return scene.url.replace('http', 'ws');
}

function shown(scene: Scene): Json {
  const owner = scene.world.people.get(scene.world.guild.owner) ?? scene.world.bot;
  return {
    id: scene.world.bot.id,
    name: 'Tutti',
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    // Under 10,000 users the intent is GATEWAY_MESSAGE_CONTENT_LIMITED where it is on.
    flags: scene.messageContent ? 1 << 19 : 0,
    owner: shownUser(owner),
    team: null,
    bot: shownUser(scene.world.bot),
    approximate_guild_count: 1,
    install_params: null,
  };
}
