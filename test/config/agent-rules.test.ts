import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../support/rule-problems.ts';

function problems(agent: object): readonly string[] {
  return ruleProblems({ agents: { api: { directory: '../api', ...agent } } });
}

describe('the rules of an agent', () => {
  it('need its directory', () => {
    expect(problems({ directory: '../missing' })).toEqual([
      expect.stringMatching(/^agents\.api\.directory: .*"\.\.\/missing" is not there/),
    ]);
    expect(problems({ directory: '../file' })).toEqual([expect.stringMatching(/is not a directory/)]);
  });

  it('tell a provider that this version cannot drive yet from one that nobody knows', () => {
    expect(problems({ provider: 'gemini' })).toEqual([
      expect.stringMatching(/this version of Tutti cannot drive "gemini" yet; expected one of auto, claude, codex/),
    ]);
    expect(problems({ provider: 'cluade' })).toEqual([
      expect.stringMatching(/is "cluade"; expected one of auto, .*did you mean "claude"/),
    ]);
    expect(problems({ provider: 'auto' })).toEqual([]);
  });

  it.each([
    ['claude', ['--dangerously-skip-permissions'], '--dangerously-skip-permissions'],
    ['claude', ['-x', '--permission-mode=bypassPermissions'], '--permission-mode'],
    ['codex', ['-s', 'danger-full-access'], '-s'],
    ['codex', ['-sdanger-full-access'], '-sdanger-full-access'],
    ['search', ['--'], '--'],
    ['auto', ['--yolo'], '--yolo'],
  ])('refuse arguments of %s that widen its access: %j', (provider, args, flag) => {
    const [found = '', ...others] = problems({ provider, args });
    expect(others).toEqual([]);
    expect(found).toContain(`carries ${flag}, which could widen`);
    expect(problems({ provider, args, access: 'full' })).toEqual([]);
  });

  it.each([
    ['claude', ['--yolo', '-s']],
    ['codex', ['--search', '--settings']],
    ['claude', ['--permission-mode-of-another-kind']],
  ])('let other arguments of %s pass: %j', (provider, args) => {
    expect(problems({ provider, args })).toEqual([]);
  });

  it('let people approve only where the provider can ask them', () => {
    expect(problems({ provider: 'claude', access: 'ask' })).toEqual([
      expect.stringMatching(/only provider acp can ask people/),
    ]);
    expect(problems({ provider: 'acp', command: ['agent'], access: 'ask' })).toEqual([]);
  });

  it('need names for variables', () => {
    expect(problems({ env: { 'A-B': 'x', OK_1: 'y' } })).toEqual([
      expect.stringMatching(/^agents\.api\.env\.A-B: "A-B" is no name/),
    ]);
  });
});
