import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DoctorReport } from '../../src/commands/services.ts';
import { createScene, type Scene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const here = { surface: 'terminal' };

/** A program on PATH that answers `--version` and its sign-in question. */
function installed(scene: Scene, name: string, body: string): Scene {
  const bin = join(scene.directory, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
  return { ...scene, environment: { ...scene.environment, PATH: `${bin}:/usr/bin:/bin` } };
}

test('says what is installed and signed in, and what is not', async () => {
  const plain = createScene({ agents: ['api'], script: {} });
  const scene = installed(
    plain,
    'claude',
    'case "$1" in --version) echo "2.1.330 (Claude Code)";; auth) echo "{\\"loggedIn\\": false}"; exit 1;; esac',
  );
  const surface = await createSurface(scene);
  const answer = await surface.ask('/doctor', here);
  const report = answer.data as DoctorReport;
  const check = (name: string) => report.checks.find((one) => one.name === name);
  expect(check('provider claude')).toMatchObject({
    status: 'missing',
    detail: expect.stringContaining('2.1.330, not signed in'),
  });
  expect(check('provider codex')).toMatchObject({
    status: 'missing',
    detail: 'not installed',
    hint: expect.stringContaining('npm install'),
  });
  expect(check('agent api')).toMatchObject({ status: 'ok' });
  expect(report).toMatchObject({
    ok: true,
    config: join(scene.directory, 'tutti.yaml'),
    dataDir: join(scene.directory, 'data'),
  });
  expect(answer.exit).toBe(0);
});

test('exits with 1 when an agent cannot work', async () => {
  const scene = createScene({ agents: ['api'], script: {}, agent: { provider: 'codex', command: undefined } });
  const surface = await createSurface({ ...scene, environment: { ...scene.environment, PATH: '/usr/bin:/bin' } });
  const answer = await surface.ask('/doctor', here);
  expect(answer).toMatchObject({ exit: 1, data: { ok: false } });
  expect(answer.markdown).toContain('✗ agent api: codex is not installed');
});
