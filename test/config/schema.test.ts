import { describe, expect, it } from 'vitest';
import { fileSchema } from '../../src/config/schema.ts';

const agents = { api: { directory: '../api' } };

describe('fileSchema', () => {
  it('fills in the defaults that people rely on', () => {
    expect(fileSchema.parse({ agents })).toEqual({
      agents: {
        api: {
          directory: '../api',
          provider: 'auto',
          description: '',
          args: [],
          env: {},
          access: 'edit',
          timeout: 1_800_000,
          silence: 900_000,
        },
      },
      groups: {},
      moderator: { model: 'auto', maxRounds: 3, maxAsks: 12, timeout: 1_800_000, tracing: false },
      budgets: {
        question: { usd: 5, tokens: 2_000_000 },
        run: { usd: 50, tokens: 20_000_000 },
        conversation: {},
        agent: {},
        person: {},
        day: {},
      },
      limits: { concurrentAsks: 8, queuePerConversation: 20, perPersonPerHour: 60, shutdownGrace: 10_000 },
      autorun: { folder: '.tutti/autorun', maxLoops: 20, stallAfter: 3, maxTasks: 1000, timeout: 86_400_000 },
      worktrees: { hooks: false, forge: 'auto' },
      shell: { shared: false, timeout: 600_000, verify: {} },
      attachments: { maxBytes: 20_000_000, types: ['image/*', 'text/*', 'application/pdf'] },
      retention: { ledger: 2_592_000_000, history: null, attachments: 2_592_000_000 },
      channels: {},
      access: [],
      surfaces: {},
    });
  });

  it('starts no surface that has no section, and takes an empty one', () => {
    expect(fileSchema.parse({ agents, surfaces: { slack: {} } }).surfaces).toEqual({
      slack: { mode: 'socket', port: 3000, path: '/slack/events', commandPrefix: '', workspaces: [] },
    });
    expect(fileSchema.parse({ agents, surfaces: { discord: {} } }).surfaces).toEqual({ discord: { guilds: [] } });
  });

  it.each<[string, object]>([
    ['no agents', {}],
    ['null for a section', { agents, moderator: null }],
    ['null for a surface', { agents, surfaces: { slack: null } }],
    ['null for an optional value', { agents: { api: { directory: '../api', model: null } } }],
    ['an unknown section', { agents, agent: {} }],
    ['an unknown key of an agent', { agents: { api: { directory: '../api', provder: 'claude' } } }],
    ['an agent without a directory', { agents: { api: {} } }],
    ['more rounds than there may be', { agents, moderator: { maxRounds: 9 } }],
    ['a rule that allows nothing', { agents, access: [{ surface: 'slack' }] }],
    ['a rule with an unknown right', { agents, access: [{ may: ['everything'] }] }],
    ['a budget of nothing', { agents, budgets: { day: { usd: 0 } } }],
    ['a prefix that no command could have', { agents, surfaces: { slack: { commandPrefix: 'My App' } } }],
  ])('refuses %s', (_what, file) => {
    expect(fileSchema.safeParse(file).success).toBe(false);
  });
});
