import { describe, expect, it } from 'vitest';
import type { Visibility } from '../../src/history/history.ts';
import { entryWith, historyForTest } from '../support/store/history.ts';

const general = { surface: 'slack', workspace: 'T1', channel: 'C-general', direct: false, private: false };
const secret = { surface: 'slack', workspace: 'T1', channel: 'C-secret', direct: false, private: true };
const message = { surface: 'slack', workspace: 'T1', channel: 'D-alice', direct: true, private: true };
const elsewhere = { surface: 'slack', workspace: 'T2', channel: 'C-general', direct: false, private: false };
const discord = { surface: 'discord', workspace: 'T1', channel: 'C-general', direct: false, private: false };

const everyone: Visibility = {
  conversation: 'slack:C-general:1',
  surface: 'slack',
  workspace: 'T1',
  channel: 'C-general',
  publicOfWorkspace: true,
  agents: ['api'],
};

describe('who sees what', () => {
  it('shows this channel and public ones of the same workspace, and nothing private of elsewhere', () => {
    const { seen } = filled();
    expect(seen(everyone)).toEqual(['general', 'other public']);
    expect(seen({ ...everyone, publicOfWorkspace: false })).toEqual(['general']);
    expect(seen({ ...everyone, channel: 'C-secret' })).toEqual(['general', 'other public', 'secret']);
    expect(seen({ ...everyone, workspace: null })).toEqual([]);
    expect(
      seen({ ...everyone, surface: 'terminal', conversation: 'terminal:one', workspace: null, channel: 'local' }),
    ).toEqual(['terminal']);
  });

  it('shows a conversation to itself, wherever its entries were made', () => {
    const { history, seen } = filled();
    history.append(entryWith({ conversation: 'slack:C-general:1', place: null, summary: 'run' }));
    expect(seen(everyone)).toEqual(['general', 'other public', 'run']);
    expect(seen({ ...everyone, conversation: 'slack:C-general:2' })).toEqual(['general', 'other public']);
  });

  it('hides what agents said that the person may not read, their worktrees too', () => {
    const { history, seen } = filled();
    for (const agent of ['api', 'api/feature-x', 'apis', 'web', 'web/api']) {
      history.append(entryWith({ place: general, agent, summary: agent }));
    }
    expect(seen(everyone)).toEqual(['api', 'api/feature-x', 'general', 'other public']);
    expect(seen({ ...everyone, agents: [] })).toEqual(['general', 'other public']);
  });

  it('hides an answer that rests on an agent the person may not read', () => {
    const { history, seen } = filled();
    history.append(
      entryWith({ place: general, kind: 'answer', agents: ['api', 'api/feature-x'], summary: 'from api' }),
    );
    history.append(entryWith({ place: general, kind: 'answer', agents: ['api', 'web'], summary: 'from both' }));
    history.append(entryWith({ place: general, kind: 'answer', agents: [], summary: 'from none' }));
    expect(seen(everyone)).toEqual(['from api', 'from none', 'general', 'other public']);
    expect(seen({ ...everyone, agents: ['web', 'api'] })).toContain('from both');
  });

  it('is the same for one entry, a search and an export', () => {
    const { history } = filled();
    const hidden = history.list({ limit: 10 }).find((entry) => entry.summary === 'secret')?.id ?? '';
    expect(history.get(hidden)?.summary).toBe('secret');
    expect(history.get(hidden, everyone)).toBeNull();
    expect(history.list({ limit: 10, query: 'secret', visible: everyone })).toEqual([]);
    expect([...history.export({ visible: everyone })].map((entry) => entry.summary)).not.toContain('secret');
  });
});

function filled() {
  const { history } = historyForTest();
  const entries = [
    ['general', general],
    ['secret', secret],
    ['message', message],
    ['elsewhere', elsewhere],
    ['discord', discord],
    ['other public', { ...general, channel: 'C-other' }],
  ] as const;
  for (const [summary, place] of entries)
    history.append(entryWith({ summary, place, conversation: `${summary} thread` }));
  history.append(entryWith({ summary: 'terminal' }));
  const seen = (visible: Visibility) =>
    history
      .list({ limit: 50, visible })
      .map((entry) => entry.summary)
      .toSorted();
  return { history, seen };
}
