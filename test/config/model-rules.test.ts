import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../support/rule-problems.ts';

const agents = { api: { directory: '../api' } };

describe('the rules of models and commands', () => {
  it.each(['auto', 'search', 'claude', 'anthropic:some-model', 'ollama:llama3:8b'])('take the model %s', (model) => {
    expect(ruleProblems({ agents, moderator: { model } })).toEqual([]);
  });

  it.each([
    ['gemini', /cannot let "gemini" moderate; expected one of auto, search, claude/],
    ['droid', /cannot let "droid" moderate/],
    ['serach', /is "serach"; expected one of auto, .*or a LangChain model.*did you mean "search"/],
    ['anthropic:', /is "anthropic:"/],
  ])('refuse the model %s', (model, message) => {
    expect(ruleProblems({ agents, moderator: { model } })).toEqual([expect.stringMatching(message)]);
  });

  it('need a command where the provider is one, and only there', () => {
    expect(ruleProblems({ agents: { api: { directory: 'x', provider: 'command' } } })).toEqual([
      expect.stringMatching(/^agents\.api: agents\.api\.command is missing; provider "command" needs one/),
    ]);
    expect(ruleProblems({ agents: { api: { directory: 'x', provider: 'claude', command: ['x'] } } })).toEqual([
      expect.stringMatching(
        /^agents\.api\.command: .*belongs to provider command or acp, and this provider is "claude"/,
      ),
    ]);
    expect(ruleProblems({ agents, moderator: { model: 'command' } })).toEqual([
      expect.stringMatching(/^moderator: .*model "command" needs one/),
    ]);
    expect(ruleProblems({ agents, moderator: { command: ['x'] } })).toEqual([
      expect.stringMatching(/^moderator\.command: /),
    ]);
    expect(ruleProblems({ agents, moderator: { model: 'command', command: ['x'] } })).toEqual([]);
  });
});
