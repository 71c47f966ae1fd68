import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { opencode } from '../../../src/agents/providers/opencode.ts';
import { resume, stopped, unauthorized, writing } from './cases.ts';
import { describeGenuine, type GenuineCase } from './contract.ts';

const allowed = { edit: 'allow', bash: 'allow' };

const widened: GenuineCase = {
  name: 'keeps to reading where its settings, those of the project and a sub-agent would let it write',
  async run({ ask, setting }) {
    const file = join(setting.directory, 'escaped.txt');
    const folder = join(setting.home, '.config', 'opencode');
    mkdirSync(folder, { recursive: true });
    const own = { mode: 'subagent', description: 'writes', permission: allowed };
    const settings = { permission: allowed, agent: { build: { permission: allowed }, own } };
    writeFileSync(join(folder, 'opencode.json'), JSON.stringify(settings));
    writeFileSync(join(setting.directory, 'opencode.json'), JSON.stringify(settings));
    await ask(`CASE:write ${file}`);
    const task = { description: 'write', prompt: `CASE:write ${file}`, subagent_type: 'own' };
    const done = await ask(`CASE:call task ${JSON.stringify(task)}`);
    expect(done.failure).toBeNull();
    expect(existsSync(file)).toBe(false);
  },
};

// It takes five seconds and more for every prompt, so only what is its own is tried.
describeGenuine(opencode, 'opencode', { cases: [resume, writing, widened, unauthorized, stopped] });
