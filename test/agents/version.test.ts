import { expect, test } from 'vitest';
import { parseVersion, versionBelow } from '../../src/agents/version.ts';

test('The version is found in whatever a program prints around it', () => {
  expect(parseVersion('2.1.330 (Claude Code)\n')).toBe('2.1.330');
  expect(parseVersion('codex-cli 0.169.0')).toBe('0.169.0');
  expect(parseVersion('usage: claude [options]')).toBeNull();
});

test('Versions are compared by number, not by letter', () => {
  expect(versionBelow('2.1.99', '2.1.330')).toBe(true);
  expect(versionBelow('2.10.0', '2.9.0')).toBe(false);
  expect(versionBelow('2.2.0', '2.2.0')).toBe(false);
});
