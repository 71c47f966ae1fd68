import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../support/rule-problems.ts';

const agents = { api: { directory: '../api' } };

describe('checkRules', () => {
  it('finds nothing wrong with a plain file', () => {
    expect(ruleProblems({ agents, access: [{ surface: '*', may: ['read'] }], surfaces: { discord: {} } })).toEqual([]);
  });

  it('finds everything that is wrong', () => {
    const file = {
      agents: { all: { directory: 'missing', provider: 'pi' } },
      groups: { g: ['x'] },
      moderator: { model: 'x' },
    };
    expect(ruleProblems(file)).toHaveLength(5);
  });

  it('says that no rule applies to the terminal', () => {
    expect(ruleProblems({ agents, access: [{ may: ['read'] }, { surface: 'terminal', may: ['read'] }] })).toEqual([
      expect.stringMatching(
        /^access\.1\.surface: .*the terminal's user may do everything; expected slack, discord or "\*"/,
      ),
    ]);
    expect(ruleProblems({ agents, access: [{ surface: 'slak', may: ['read'] }] })).toEqual([
      expect.stringMatching(/did you mean "slack"/),
    ]);
  });

  it.each(['/srv/documents', '../documents', 'a/../../b', '~/documents'])(
    'keeps the Auto Run folder inside the agents: %s',
    (folder) => {
      expect(ruleProblems({ agents, autorun: { folder } })).toEqual([expect.stringMatching(/^autorun\.folder: /)]);
    },
  );

  it("knows the end of Discord's address", () => {
    expect(ruleProblems({ agents, surfaces: { discord: { apiUrl: 'http://127.0.0.1:4000/api' } } })).toEqual([]);
    expect(ruleProblems({ agents, surfaces: { discord: { apiUrl: 'http://127.0.0.1:4000/api/v10' } } })).toEqual([
      expect.stringMatching(/end in \/api/),
    ]);
  });

  it("checks the models of channels like the moderator's own", () => {
    const channel = (moderator: object) => ruleProblems({ agents, channels: { C1: { moderator } } });
    expect(channel({ maxRounds: 2 })).toEqual([]);
    expect(channel({ model: 'serach' })).toEqual([expect.stringMatching(/^channels\.C1\.moderator\.model: /)]);
    expect(channel({ command: ['x'] })).toEqual([
      expect.stringMatching(/^channels\.C1\.moderator\.command: .*needs a model beside it/),
    ]);
  });
});
