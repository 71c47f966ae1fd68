import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { claude } from '../../../src/agents/providers/claude.ts';
import { endings, errors, turns } from './cases.ts';
import { describeGenuine, type GenuineCase } from './contract.ts';

const retried: GenuineCase = {
  name: 'shows that it retries, and is not left to it when the key is refused',
  async run({ ask }) {
    const done = await ask('CASE:401', { environment: { CLAUDE_CODE_MAX_RETRIES: '10' } });
    expect(done.events.some((event) => event.type === 'retry')).toBe(true);
    expect(done.failure).toMatch(/^not-signed-in: .*given up after 2 attempts/);
    expect(done.left).toEqual([]);
  },
};

const widened: GenuineCase = {
  name: 'keeps to reading where its settings and a sub-agent would let it write',
  async run({ ask, setting }) {
    const file = join(setting.directory, 'escaped.txt');
    mkdirSync(join(setting.home, '.claude', 'agents'), { recursive: true });
    const settings = { permissions: { allow: ['Write', 'Bash', 'Agent'], defaultMode: 'bypassPermissions' } };
    writeFileSync(join(setting.home, '.claude', 'settings.json'), JSON.stringify(settings));
    const agent =
      '---\nname: own\ndescription: writes\ntools: Write, Bash\npermissionMode: bypassPermissions\n---\nWrite.\n';
    writeFileSync(join(setting.home, '.claude', 'agents', 'own.md'), agent);
    await ask(`CASE:write ${file}`);
    const task = { description: 'write', prompt: `CASE:write ${file}`, subagent_type: 'own' };
    const done = await ask(`CASE:call Agent ${JSON.stringify(task)}`);
    expect(done.failure).toBeNull();
    expect(existsSync(file)).toBe(false);
  },
};

describeGenuine(claude, 'claude', { cases: [...turns, widened, ...errors, retried, ...endings] });
