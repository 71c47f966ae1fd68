import { describe, expect, it } from 'vitest';
import type { AccessRule, Requester } from '../../src/access/access.ts';
import { visibilityFor } from '../../src/access/visibility.ts';

const rules: AccessRule[] = [
  { channels: ['C1'], agents: ['api'], may: ['read'] },
  { agents: ['web'], may: ['write'] },
];
const author = { id: 'U1', name: 'alice', isBot: false, roles: [] };
const place = { surface: 'slack', workspace: 'T1', channel: 'C1', direct: false, private: false };

function seen(requester: Requester) {
  return visibilityFor(rules, requester, 'slack:C1:1', ['api', 'web']);
}

describe('visibilityFor', () => {
  it('shows everything on the terminal', () => {
    expect(seen({ author, place: { ...place, surface: 'terminal' } })).toBeUndefined();
  });

  it('shows this conversation, this channel and public channels of the workspace, for agents that may be read here', () => {
    expect(seen({ author, place })).toEqual({
      conversation: 'slack:C1:1',
      surface: 'slack',
      workspace: 'T1',
      channel: 'C1',
      publicOfWorkspace: true,
      agents: ['api'],
    });
  });

  it('shows no agent to somebody who may read none', () => {
    expect(seen({ author, place: { ...place, channel: 'C2' } })).toMatchObject({ channel: 'C2', agents: [] });
  });

  it('shows no public channels where there is no workspace', () => {
    const { workspace, ...direct } = { ...place, channel: 'D1', direct: true, private: true };
    expect(workspace).toBe('T1');
    expect(seen({ author, place: direct })).toMatchObject({ workspace: null, publicOfWorkspace: false });
  });
});
