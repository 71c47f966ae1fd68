import { describe, expect, it } from 'vitest';
import type { AccessRule, Requester } from '../../src/access/access.ts';
import { allowed, allowingRules, grantsOf, mayQuestion, somebodyMay } from '../../src/access/rules.ts';
import type { Author, Place } from '../../src/adapters/adapter.ts';

function requester(place: Partial<Place> = {}, author: Partial<Author> = {}): Requester {
  return {
    place: { surface: 'slack', workspace: 'T1', channel: 'C1', direct: false, private: false, ...place },
    author: { id: 'U1', name: 'alice', isBot: false, roles: [], ...author },
  };
}

const everything: AccessRule = { may: ['read', 'write', 'approve', 'admin'] };

describe('allowed', () => {
  it('allows nothing on a shared surface until a rule says so', () => {
    for (const right of ['read', 'write', 'approve', 'admin'] as const) {
      expect(allowed([], requester(), right, 'api')).toBe(false);
      expect(allowed([], requester({ surface: 'discord', direct: true, private: true }), right)).toBe(false);
    }
  });

  it('allows everything on the terminal, whatever the rules', () => {
    for (const right of ['read', 'write', 'approve', 'admin'] as const) {
      expect(allowed([], requester({ surface: 'terminal' }), right, 'api')).toBe(true);
      expect(allowed([], requester({ surface: 'terminal' }), right, null)).toBe(true);
    }
  });

  it.each<[string, AccessRule, Requester, boolean]>([
    ['no field at all', { may: ['read'] }, requester(), true],
    ['the surface', { surface: 'slack', may: ['read'] }, requester(), true],
    ['another surface', { surface: 'discord', may: ['read'] }, requester(), false],
    ['every surface', { surface: '*', may: ['read'] }, requester({ surface: 'discord' }), true],
    ['the channel', { channels: ['C0', 'C1'], may: ['read'] }, requester(), true],
    ['another channel', { channels: ['C2'], may: ['read'] }, requester(), false],
    ['no channel', { channels: [], may: ['read'] }, requester(), false],
    ['the person', { users: ['U1'], may: ['read'] }, requester(), true],
    ['the name of the person, which anybody can take', { users: ['alice'], may: ['read'] }, requester(), false],
    ['another person', { users: ['U2'], may: ['read'] }, requester(), false],
    ['one of the roles', { roles: ['S1', 'S2'], may: ['read'] }, requester({}, { roles: ['S2', 'S3'] }), true],
    ['none of the roles', { roles: ['S1'], may: ['read'] }, requester({}, { roles: ['S3'] }), false],
    ['the agent', { agents: ['web', 'API'], may: ['read'] }, requester(), true],
    ['another agent', { agents: ['web'], may: ['read'] }, requester(), false],
    ['all but one field', { surface: 'slack', channels: ['C1'], users: ['U2'], may: ['read'] }, requester(), false],
    [
      'all fields',
      { surface: 'slack', channels: ['C1'], users: ['U1'], agents: ['api'], may: ['read'] },
      requester(),
      true,
    ],
  ])('looks at every field of a rule: %s', (_what, rule, who, expected) => {
    expect(allowed([rule], who, 'read', 'api')).toBe(expected);
  });

  it('takes one matching rule as enough, and never puts two halves together', () => {
    const rules: AccessRule[] = [
      { users: ['U1'], may: ['read'] },
      { users: ['U2'], may: ['write'] },
    ];
    expect(allowed(rules, requester(), 'read', 'api')).toBe(true);
    expect(allowed(rules, requester(), 'write', 'api')).toBe(false);
  });

  it('lets no right contain another', () => {
    expect(allowed([{ may: ['admin', 'write'] }], requester(), 'read', 'api')).toBe(false);
    expect(allowed([{ may: ['admin'] }], requester(), 'write', 'api')).toBe(false);
    expect(allowed([{ may: ['write'] }], requester(), 'approve', 'api')).toBe(false);
  });

  it('counts a worktree as its agent', () => {
    const rules: AccessRule[] = [{ agents: ['api'], may: ['read'] }];
    expect(allowed(rules, requester(), 'read', 'api/feature-x')).toBe(true);
    expect(allowed(rules, requester(), 'read', 'api-2/feature-x')).toBe(false);
    expect(allowed(rules, requester(), 'read', 'web/api')).toBe(false);
  });

  it('opens a command to people who may do it with some agent, but leaves what belongs to no agent to rules for all', () => {
    const limited: AccessRule[] = [{ agents: ['api'], may: ['read', 'admin'] }];
    expect(allowed(limited, requester(), 'read')).toBe(true);
    expect(allowed(limited, requester(), 'admin', null)).toBe(false);
    expect(allowed([everything], requester(), 'admin', null)).toBe(true);
  });

  it('gives other programs no authority unless a rule names them', () => {
    const bot = requester({}, { id: 'B1', isBot: true, roles: ['S1'] });
    expect(allowed([everything, { roles: ['S1'], may: ['read'] }], bot, 'read', 'api')).toBe(false);
    expect(allowed([{ users: ['B1'], may: ['read'] }], bot, 'read', 'api')).toBe(true);
  });
});

describe('mayQuestion', () => {
  const read: AccessRule[] = [{ may: ['read'] }];
  const readAndWrite: AccessRule[] = [{ may: ['read', 'write'] }];

  it('asks agents that could write although they are told not to only for people who may write', () => {
    expect(mayQuestion(read, requester(), 'api', 'enforced')).toBe(true);
    expect(mayQuestion(read, requester(), 'api', 'advisory')).toBe(false);
    expect(mayQuestion(readAndWrite, requester(), 'api', 'advisory')).toBe(true);
    expect(mayQuestion([{ may: ['write'] }], requester(), 'api', 'advisory')).toBe(false);
    expect(mayQuestion([], requester({ surface: 'terminal' }), 'api', 'advisory')).toBe(true);
  });
});

describe('allowingRules', () => {
  it('names the rules as they are counted in the file', () => {
    const rules: AccessRule[] = [{ users: ['U2'], may: ['read'] }, { may: ['read'] }, { users: ['U1'], may: ['read'] }];
    expect(allowingRules(rules, requester(), 'read', 'api')).toEqual([2, 3]);
  });

  it('has none to name for the terminal', () => {
    expect(allowingRules([everything], requester({ surface: 'terminal' }), 'read', 'api')).toEqual([]);
  });
});

describe('grantsOf', () => {
  const rules: AccessRule[] = [
    { surface: 'slack', channels: ['C1'], agents: ['api'], may: ['read'] },
    { users: ['U1'], agents: ['web'], may: ['read', 'write'] },
  ];
  const agents = ['api', 'web'];

  it('lists what somebody may do, with the first rule that says so', () => {
    expect(grantsOf(rules, requester(), agents)).toEqual([
      { right: 'read', agent: 'api', rule: 1 },
      { right: 'read', agent: 'web', rule: 2 },
      { right: 'write', agent: 'web', rule: 2 },
    ]);
    expect(grantsOf(rules, requester({ channel: 'C2' }, { id: 'U2' }), agents)).toEqual([]);
  });

  it('looks at all places where none is given', () => {
    const { author } = requester({}, { id: 'U2' });
    expect(grantsOf(rules, { author, place: null }, agents)).toEqual([{ right: 'read', agent: 'api', rule: 1 }]);
  });
});

describe('somebodyMay', () => {
  it('says whether a rule lets anybody do it there, whoever that is', () => {
    const rules: readonly AccessRule[] = [
      { surface: 'slack', channels: ['C1'], users: ['U9'], agents: ['api'], may: ['write'] },
    ];
    const place = requester().place;
    expect(somebodyMay(rules, place, 'write', 'api')).toBe(true);
    expect(somebodyMay(rules, place, 'write', 'web')).toBe(false);
    expect(somebodyMay(rules, place, 'read', 'api')).toBe(false);
    expect(somebodyMay(rules, { ...place, channel: 'C2' }, 'write', 'api')).toBe(false);
    expect(somebodyMay(rules, { ...place, surface: 'discord' }, 'write', 'api')).toBe(false);
    expect(somebodyMay([], { ...place, surface: 'terminal' }, 'write', 'api')).toBe(true);
  });
});
