import { expect, test } from 'vitest';
import { explainFailure } from '../../src/agents/failures.ts';
import type { FailureReason } from '../../src/agents/provider.ts';
import { command } from '../../src/agents/providers/command.ts';

const provider = {
  ...command,
  name: 'codex',
  signInHint: 'Run `codex login` on this machine',
  installHint: 'Install it with `npm install -g @openai/codex`',
};
const facts = { agent: 'worker', provider, program: 'codex' };

test('People read what happened, why, and what to do next', () => {
  expect(explainFailure({ ...facts, reason: 'not-signed-in', message: '401' })).toBe(
    'codex is not signed in (401). Run `codex login` on this machine, then /retry worker.',
  );
  expect(explainFailure({ ...facts, reason: 'not-installed', message: 'The program codex was not found.' })).toBe(
    'codex is not installed (The program codex was not found). Install it with `npm install -g @openai/codex`, then /retry worker.',
  );
});

test('Every reason has words of its own, in one line, with the provider own words', () => {
  const reasons: readonly FailureReason[] = [
    ...(['not-installed', 'not-signed-in', 'rate-limited', 'quota', 'budget', 'context-full'] as const),
    ...(['unknown-session', 'silent', 'timed-out', 'denied', 'wrong-mode', 'crashed'] as const),
  ];
  const texts = reasons.map((reason) => explainFailure({ ...facts, reason, message: 'a\n  b.' }));
  expect(new Set(texts).size).toBe(reasons.length);
  for (const text of texts) {
    expect(text).toContain('a b');
    expect(text).not.toMatch(/\n|\.\./);
  }
});

test('A provider without advice of its own is still given some', () => {
  const text = explainFailure({ ...facts, provider: command, reason: 'not-signed-in', message: 'no key' });
  expect(text).toContain('Sign in on this machine');
});
