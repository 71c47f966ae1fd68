import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { slackManifest } from '../../../src/adapters/slack/manifest.ts';
import * as commands from '../../../src/commands/index.ts';

const all = Object.values(commands);
const namesOf = (manifest: object) =>
  JSON.stringify(manifest)
    .match(/"command":"[^"]*"/g)
    ?.map((entry) => entry.slice(11, -1)) ?? [];

it('is in step with the commands there are', () => {
  const kept = JSON.parse(readFileSync(new URL('../../../config/slack-manifest.json', import.meta.url), 'utf8'));
  expect(kept, 'run "tutti slack manifest --write"').toEqual(
    JSON.parse(JSON.stringify(slackManifest(all, { prefix: '', url: null, redirect: null }))),
  );
});

it('has every command under its name or under the umbrella, within Slack’s limits', () => {
  const manifest = slackManifest(all, { prefix: '', url: null, redirect: null });
  const names = namesOf(manifest);
  expect(names).toContain('/tutti');
  expect(names).toContain('/ask');
  expect(names).not.toContain('/status');
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeLessThanOrEqual(50);
  expect(names.every((name) => /^\/[a-z0-9_-]{1,31}$/.test(name))).toBe(true);
  expect(manifest).toMatchObject({ settings: { socket_mode_enabled: true } });
});

it('gives commands a prefix, and HTTP mode its addresses', () => {
  const manifest = slackManifest(all, { prefix: 'x-', url: 'https://tutti.example/slack/events', redirect: null });
  expect(namesOf(manifest)).toContain('/x-status');
  expect(manifest).toMatchObject({
    settings: {
      socket_mode_enabled: false,
      event_subscriptions: { request_url: 'https://tutti.example/slack/events' },
      interactivity: { request_url: 'https://tutti.example/slack/events' },
    },
  });
});
