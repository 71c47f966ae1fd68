import { nameProblem } from '../names.ts';
import { named } from './issues.ts';
import type { RuleProblem } from './rules.ts';
import type { FileConfig } from './schema.ts';
import type { ValuePath } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Names of agents and groups: possible, not reserved, and different without regard to case. */
export function checkNames(file: FileConfig): readonly RuleProblem[] {
  const taken = new Map<string, string>();
  const entries = [
    ...Object.keys(file.agents).map((name) => ({ kind: 'agents', name })),
    ...Object.keys(file.groups).map((name) => ({ kind: 'groups', name })),
  ];
  return entries.flatMap(({ kind, name }) => {
    const wrong = nameProblem(name);
    const other = taken.get(name.toLowerCase());
    if (other === undefined) taken.set(name.toLowerCase(), `${kind}.${name}`);
    if (wrong !== null) return [{ path: [kind, name], message: `the name "${name}" ${wrong}` }];
    if (other === undefined) return [];
    return [
      {
        path: [kind, name],
        message: `the name "${name}" is taken by ${other}; agents and groups need names of their own`,
      },
    ];
  });
}

/** Everything that names an agent names one that is there. */
export function checkReferences(file: FileConfig): readonly RuleProblem[] {
  const agents = Object.keys(file.agents);
  const both = [...agents, ...Object.keys(file.groups)];
  return [
    ...Object.entries(file.groups).flatMap(([name, members]) => checkMembers(['groups', name], members, agents)),
    ...Object.entries(file.channels).flatMap(([id, channel]) =>
      checkMembers(['channels', id, 'agents'], channel.agents, both),
    ),
    ...file.access.flatMap((rule, index) => checkMembers(['access', index, 'agents'], rule.agents, both)),
  ];
}

function checkMembers(
  path: ValuePath,
  members: readonly string[] | undefined,
  known: readonly string[],
): readonly RuleProblem[] {
  if (members?.length === 0) return [{ path, message: `${named(path)} is an empty list; expected at least one agent` }];
  return (members ?? []).flatMap((member, index) => {
    if (known.some((name) => name.toLowerCase() === member.toLowerCase())) return [];
    const expected = known.length === 0 ? 'an agent of this file, and it has none' : `one of ${known.join(', ')}`;
    return [
      {
        path: [...path, index],
        message: `${named(path)} names "${member}"; expected ${expected}${didYouMean(member, known)}`,
      },
    ];
  });
}
