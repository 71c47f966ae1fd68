import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble, pathFrom } from '../../src/config/assemble.ts';
import { fileSchema } from '../../src/config/schema.ts';

function assembled(file: object) {
  return assemble(fileSchema.parse(file), '/projects/here/tutti.yaml');
}

const agents = { api: { directory: '../api' }, Web: { directory: '/srv/web' }, worker: { directory: '~/worker' } };

describe('assemble', () => {
  it('makes paths absolute: relative to the file, or to the home directory', () => {
    const config = assembled({ agents, dataDir: 'data', worktrees: { directory: './trees' } });
    expect(config.agents.map(({ directory }) => directory)).toEqual([
      '/projects/api',
      '/srv/web',
      join(homedir(), 'worker'),
    ]);
    expect(config.dataDir).toBe('/projects/here/data');
    expect(config.worktrees.directory).toBe('/projects/here/trees');
    expect(pathFrom('/a/b.yaml', '~notmine')).toBe('/a/~notmine');
  });

  it('leaves to others what the file does not name', () => {
    const config = assembled({ agents });
    expect(config.dataDir).toBeNull();
    expect(config.worktrees.directory).toBeNull();
    expect(config.agents[0]).toMatchObject({ model: null, command: null, timeoutMs: 1_800_000, silenceMs: 900_000 });
    expect(config.moderator).toEqual({
      model: 'auto',
      command: null,
      maxRounds: 3,
      maxAsks: 12,
      timeoutMs: 1_800_000,
      tracing: false,
    });
    expect(config.budgets.day).toEqual({ usd: null, tokens: null });
    expect(config.retention).toEqual({ ledgerMs: 2_592_000_000, historyMs: null, attachmentsMs: 2_592_000_000 });
    expect(config.surfaces).toEqual({ slack: null, discord: null });
  });

  it('names agents as they are written, groups taken apart, each once', () => {
    const config = assembled({
      agents,
      groups: { Backend: ['WORKER', 'api'] },
      channels: { C1: { agents: ['backend', 'web', 'API'], follow: true, moderator: { timeout: '5m' } }, C2: {} },
      access: [{ agents: ['backend'], may: ['read'] }, { may: ['write'] }],
    });
    expect(config.groups).toEqual([{ name: 'Backend', agents: ['api', 'worker'] }]);
    expect(config.channels).toEqual({
      C1: { agents: ['api', 'Web', 'worker'], follow: true, moderator: { timeoutMs: 300_000 } },
      C2: { agents: null, follow: null, moderator: {} },
    });
    expect(config.access).toEqual([{ agents: ['api', 'worker'], may: ['read'] }, { may: ['write'] }]);
  });

  it('counts in milliseconds', () => {
    const config = assembled({
      agents,
      limits: { shutdownGrace: '3s' },
      autorun: { timeout: '1h' },
      shell: { timeout: '1m' },
    });
    expect(config.limits.shutdownGraceMs).toBe(3000);
    expect(config.autorun.timeoutMs).toBe(3_600_000);
    expect(config.shell.timeoutMs).toBe(60_000);
  });
});
