import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../support/rule-problems.ts';

const agents = { api: { directory: '../api' }, web: { directory: '../web' } };

describe('the rules of names', () => {
  it('keep reserved and impossible names out', () => {
    expect(ruleProblems({ agents: { all: { directory: 'x' } } })).toEqual([
      expect.stringMatching(/^agents\.all: the name "all" is reserved/),
    ]);
    expect(ruleProblems({ agents: { 'my api': { directory: 'x' } } })).toEqual([
      expect.stringMatching(/the name "my api" is not possible/),
    ]);
    expect(ruleProblems({ agents, groups: { me: ['api'] } })).toEqual([expect.stringMatching(/^groups\.me: /)]);
  });

  it('keep two agents or groups from one name, whatever the case', () => {
    expect(ruleProblems({ agents: { api: { directory: 'x' }, API: { directory: 'x' } } })).toEqual([
      expect.stringMatching(/^agents\.API: the name "API" is taken by agents\.api/),
    ]);
    expect(ruleProblems({ agents, groups: { Web: ['api'] } })).toEqual([
      expect.stringMatching(/^groups\.Web: .*taken by agents\.web/),
    ]);
  });
});

describe('the rules of references', () => {
  it('let groups name only agents that are there', () => {
    expect(ruleProblems({ agents, groups: { backend: ['api', 'wbe'] } })).toEqual([
      'groups.backend.1: groups.backend names "wbe"; expected one of api, web (did you mean "web"?)',
    ]);
    expect(ruleProblems({ agents, groups: { one: ['api'], two: ['one'] } })).toEqual([
      expect.stringMatching(/^groups\.two\.0: /),
    ]);
    expect(ruleProblems({ agents, groups: { backend: [] } })).toEqual([expect.stringMatching(/empty list/)]);
    expect(ruleProblems({ agents: {}, groups: { backend: ['api'] } })).toEqual([
      expect.stringMatching(/and it has none/),
    ]);
    expect(ruleProblems({ agents, groups: { backend: ['API', 'web'] } })).toEqual([]);
  });

  it('let channels and access rules name agents and groups', () => {
    const file = { agents, groups: { backend: ['api'] } };
    expect(
      ruleProblems({
        ...file,
        channels: { C1: { agents: ['backend', 'web'] } },
        access: [{ agents: ['backend'], may: ['read'] }],
      }),
    ).toEqual([]);
    expect(ruleProblems({ ...file, channels: { C1: { agents: ['wob'] } } })).toEqual([
      expect.stringMatching(/^channels\.C1\.agents\.0: /),
    ]);
    expect(ruleProblems({ ...file, access: [{ agents: ['nobody'], may: ['read'] }] })).toEqual([
      expect.stringMatching(/^access\.0\.agents\.0: /),
    ]);
  });
});
