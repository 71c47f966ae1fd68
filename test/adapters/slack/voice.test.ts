import { expect, it } from 'vitest';
import { voiceLine, voiceOf } from '../../../src/adapters/slack/voice.ts';

it('gives an agent its name and always the same icon, in its worktrees too', () => {
  const api = voiceOf('api');
  expect(api.username).toBe('api');
  expect(api.icon_emoji).toMatch(/^:[a-z_]+:$/);
  expect(voiceOf('api/new-login')).toEqual({ username: 'api/new-login', icon_emoji: api.icon_emoji });
  const others = new Set(['api', 'web', 'docs', 'worker', 'infra'].map((name) => voiceOf(name).icon_emoji));
  expect(others.size).toBeGreaterThan(2);
});

it('makes no mention and no markup of a name', () => {
  expect(voiceLine('api/<!channel>*')).toBe('*api/&lt;!channel&gt;*');
  expect(voiceOf('api/<!channel>').username).not.toMatch(/[<>]/);
  expect(voiceOf(`api/${'x'.repeat(200)}`).username).toHaveLength(80);
});
