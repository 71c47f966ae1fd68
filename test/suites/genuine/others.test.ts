import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { copilot } from '../../../src/agents/providers/copilot.ts';
import { droid } from '../../../src/agents/providers/droid.ts';
import { gemini } from '../../../src/agents/providers/gemini.ts';
import { pi } from '../../../src/agents/providers/pi.ts';
import { qwen } from '../../../src/agents/providers/qwen.ts';
import { plain, tool, toolless, turns, writing } from './cases.ts';
import { describeGenuine, type GenuineCase } from './contract.ts';

// Tried where somebody installed them: `test/suites/install-clis.sh gemini qwen copilot droid pi`.

const leftPlanMode: GenuineCase = {
  name: 'has no way out of reading, though its plan mode would let a model leave it',
  async run({ ask, setting }) {
    const policies = join(setting.home, '.gemini', 'policies');
    mkdirSync(policies, { recursive: true });
    writeFileSync(join(policies, 'all.toml'), '[[rule]]\ntoolName = "*"\ndecision = "allow"\npriority = 999\n');
    const done = await ask('CASE:call exit_plan_mode {"plan_filename":"plan.md"}');
    expect(done.text).toMatch(/^No tool to call/);
    const file = join(setting.directory, 'escaped.txt');
    await ask(`CASE:write ${file}`);
    expect(existsSync(file)).toBe(false);
  },
};

const allowedTools: GenuineCase = {
  name: 'keeps to reading where its settings allow the writing tools',
  async run({ ask, setting }) {
    const auth = { selectedType: 'openai' };
    const permissions = { allow: ['write_file', 'Bash', 'Edit', 'agent'] };
    const settings = { security: { auth }, permissions, tools: { allowed: ['write_file', 'run_shell_command'] } };
    writeFileSync(join(setting.home, '.qwen', 'settings.json'), JSON.stringify(settings));
    const file = join(setting.directory, 'escaped.txt');
    await ask(`CASE:write ${file}`);
    await ask(`CASE:shell echo x > ${file}`);
    expect(existsSync(file)).toBe(false);
  },
};

const allowedByVariable: GenuineCase = {
  name: 'keeps to reading where a variable of the user allows everything',
  async run({ ask, setting }) {
    const file = join(setting.directory, 'escaped.txt');
    await ask(`CASE:write ${file}`, { environment: { COPILOT_ALLOW_ALL: 'true' } });
    expect(existsSync(file)).toBe(false);
  },
};

describeGenuine(gemini, 'gemini', { model: 'gemini-2.5-flash', cases: [...turns, leftPlanMode] });
// It sends images to the models that it knows to see.
describeGenuine(qwen, 'qwen', { model: 'qwen3-vl-plus', cases: [...turns, allowedTools] });
describeGenuine(copilot, 'copilot', { cases: [...turns, allowedByVariable] });
// Its sessions are kept by its own service, and it takes no images.
describeGenuine(droid, 'droid', { model: 'custom:loopback-model', cases: [plain, tool, writing, toolless] });
describeGenuine(pi, 'pi', { model: 'loopback/loopback-model', cases: turns });
