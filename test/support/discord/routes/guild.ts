import { sees } from '../permissions.ts';
import { ApiProblem } from '../problems.ts';
import { answer, type Route, type RouteRequest } from '../routes.ts';
import { shownChannel, shownGuild, shownMember, shownRoles, shownUser } from '../shown.ts';
import { type Json, type Person, threadTypes } from '../world.ts';

/** The guild: its channels, roles and members. */
export const guildRoutes: readonly Route[] = [
  {
    name: 'guild',
    method: 'GET',
    path: '/users/@me/guilds',
    run: ({ scene }) =>
      answer([{ id: scene.world.guild.id, name: scene.world.guild.name, owner: false, permissions: '0' }]),
  },
  {
    name: 'guild',
    method: 'GET',
    path: '/guilds/:guild',
    run: (request) => {
      const { channels: _channels, threads: _threads, members: _members, ...rest } = shownGuild(worldOf(request));
      return answer(rest);
    },
  },
  {
    name: 'guild',
    method: 'GET',
    path: '/guilds/:guild/channels',
    run: (request) => {
      const world = worldOf(request);
      const channels = [...world.channels.values()].filter(
        (one) => one.guild !== null && !threadTypes.has(one.type) && sees(world, world.bot, one),
      );
      return answer(channels.map((channel) => shownChannel(channel, world)));
    },
  },
  {
    name: 'guild',
    method: 'GET',
    path: '/guilds/:guild/roles',
    run: (request) => answer(shownRoles(worldOf(request))),
  },
  {
    name: 'member',
    method: 'GET',
    path: '/guilds/:guild/members',
    // Listing them needs an intent that is not switched on.
    run: () => {
      throw new ApiProblem(50001);
    },
  },
  {
    name: 'member',
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    run: (request) => {
      const world = worldOf(request);
      const { user } = request.params;
      const person = world.people.get(user === '@me' ? world.bot.id : (user ?? ''));
      if (person === undefined) throw new ApiProblem(10007);
      return answer(whole(person));
    },
  },
  {
    name: 'user',
    method: 'GET',
    path: '/users/:user',
    run: ({ scene, params }) => {
      const person = scene.world.people.get(params.user ?? '');
      if (person === undefined) throw new ApiProblem(10013);
      return answer(shownUser(person));
    },
  },
];

function worldOf({ scene, params }: RouteRequest): RouteRequest['scene']['world'] {
  if (params.guild !== scene.world.guild.id) throw new ApiProblem(10004);
  return scene.world;
}

function whole(person: Person): Json {
  return { ...shownMember(person), user: shownUser(person) };
}
