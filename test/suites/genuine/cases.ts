/** What every provider has to do with its genuine CLI. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commandLine } from '../../../src/agents/command-line.ts';
import type { Access } from '../../../src/agents/provider.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { GenuineCase } from './contract.ts';
import type { Setting } from './setting.ts';

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const plain: GenuineCase = {
  name: 'answers a plain question, leaves nothing running, and its version is one that was tried',
  async run({ ask, spec, setting }) {
    const done = await ask('CASE:say It starts in main.');
    expect(done).toMatchObject({ text: 'It starts in main.', failure: null, left: [] });
    expect(done.session).toBeTruthy();
    const status = await commandLine(spec).status(setting.environment);
    expect(status.installed).toBe(true);
    expect(status.hint ?? '').not.toContain('was not tried');
    expect(status.signedIn).not.toBe('no');
  },
};

export const tool: GenuineCase = {
  name: 'shows its tools, and answers with what they found',
  async run({ ask, setting }) {
    const done = await ask(`CASE:read ${join(setting.directory, 'notes.txt')}`);
    expect(done.failure).toBeNull();
    expect(done.text).toContain('the seed of the project');
    const tools = done.events.filter((event) => event.type === 'tool').map(({ phase, id }) => `${phase} ${id}`);
    expect(tools).toHaveLength(2);
    expect(tools[1]).toBe(tools[0]?.replace('start', 'end'));
  },
};

export const resume: GenuineCase = {
  name: 'goes on with a session, and says so where there is none',
  async run({ ask, spec }) {
    const first = await ask('CASE:say one');
    const session = first.session ?? '';
    const second = await ask('CASE:history', { resume: session, session });
    expect(second).toMatchObject({ text: 'PROMPTS 2', failure: null, session });
    // Where sums of the session are reported, they are larger than those before; else both runs cost the same.
    const [before, after] = [first.sums?.inputTokens ?? 0, second.sums?.inputTokens ?? 0];
    expect(after).toBe(spec.capabilities.cumulativeUsage ? 2 * before : before);
    const lost = spec.name === 'opencode' ? 'ses_0000000000000000000000000' : '11111111-2222-4333-8444-555555555555';
    const third = await ask('CASE:history', { resume: lost, session: lost });
    expect(third.failure).toMatch(/^unknown-session: /);
  },
};

const image: GenuineCase = {
  name: 'hands an image to the model',
  async run({ ask, setting, model }) {
    const path = join(setting.home, 'a picture.png');
    writeFileSync(path, Buffer.from(onePixel, 'base64'));
    const done = await ask('CASE:images', { attachments: [{ path, type: 'image/png' }] });
    expect(done.failure).toBeNull();
    expect(model.requests.some((request) => request.images > 0)).toBe(true);
  },
};

export const writing: GenuineCase = {
  name: 'writes where it may edit, and not where it may only read, not even with a command',
  async run({ ask, setting }) {
    const file = (name: string) => join(setting.directory, name);
    const tries = async (access: Access, wish: string) => (await ask(wish, { access })).failure;
    expect(await tries('read', `CASE:write ${file('read.txt')}`)).toBeNull();
    expect(await tries('read', `CASE:shell echo x > ${file('shell.txt')}`)).toBeNull();
    expect([existsSync(file('read.txt')), existsSync(file('shell.txt'))]).toEqual([false, false]);
    expect(await tries('edit', `CASE:write ${file('edit.txt')}`)).toBeNull();
    expect(readFileSync(file('edit.txt'), 'utf8').trim()).toBe('written by tool');
  },
};

export const toolless: GenuineCase = {
  name: 'gives a mind no tools',
  async run({ ask, model }) {
    const done = await ask('CASE:say {"next":"clarify"}', { access: 'none' });
    expect(done).toMatchObject({ text: '{"next":"clarify"}', failure: null });
    const last = model.requests.findLast((request) => request.body.includes('CASE:say'));
    // One that only asks back, which nobody answers, is left to Codex.
    expect(last?.tools.filter((name) => name !== 'request_user_input')).toEqual([]);
  },
};

/** Every case that needs nothing but turns that end by themselves. */
export const turns: readonly GenuineCase[] = [plain, tool, resume, image, writing, toolless];

/** A failure of the endpoint, after which the next question works. */
function failing(error: string, reason: string): GenuineCase {
  return {
    name: `tells of the error ${error} as ${reason}, and can be asked again`,
    async run({ ask }) {
      const done = await ask(`CASE:${error}`);
      expect(done.failure).toMatch(new RegExp(`^${reason}: .+`));
      expect(done.left).toEqual([]);
      expect((await ask('CASE:say again')).text).toBe('again');
    },
  };
}

export const unauthorized = failing('401', 'not-signed-in');

export const errors: readonly GenuineCase[] = [
  unauthorized,
  failing('429', 'rate-limited'),
  failing('500', 'crashed'),
  failing('context', 'context-full'),
  failing('quota', 'quota'),
  failing('cut', 'crashed'),
];

const hanging: GenuineCase = {
  name: 'is ended when it hangs, and nothing of it stays',
  async run({ ask }) {
    const done = await ask('CASE:hang', { silenceMs: 5000 });
    expect(done.failure).toMatch(/^silent: /);
    expect(done.left).toEqual([]);
  },
};

/** A command that goes on until it is ended, that no CLI takes for mere waiting, and that no other test runs. */
function endlessIn(setting: Setting): string {
  return `tail -f ${join(setting.directory, 'notes.txt')}`;
}

/** Until the command runs. */
async function runs(command: string): Promise<void> {
  const isCommand = (line: string) => line.trim() === command;
  const look = () => execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n').some(isCommand);
  await waitFor(look, `\`${command}\` runs`, 60_000);
}

export const stopped: GenuineCase = {
  name: 'ends with all its processes when it is stopped in the middle of a tool call, and the session goes on',
  async run({ ask, setting }) {
    const stop = new AbortController();
    const endless = endlessIn(setting);
    const running = ask(`CASE:shell ${endless}`, { access: 'full', signal: stop.signal });
    await runs(endless);
    stop.abort();
    const done = await running;
    expect(done.failure).toMatch(/^cancelled: /);
    expect(done.left).toEqual([]);
    const session = done.session ?? '';
    const next = await ask('CASE:history', { resume: session, session });
    expect(next).toMatchObject({ text: 'PROMPTS 2', failure: null });
  },
};

function signalled(signal: NodeJS.Signals): GenuineCase {
  return {
    name: `sent ${signal} from outside, it gives no answer and leaves nothing`,
    async run({ ask, setting }) {
      const { promise: begun, resolve } = Promise.withResolvers<number>();
      const endless = endlessIn(setting);
      const running = ask(`CASE:shell ${endless}`, { access: 'full', started: ({ pid }) => resolve(pid) });
      await runs(endless);
      process.kill(await begun, signal);
      const done = await running;
      expect(done.failure).not.toBeNull();
      expect(done.left).toEqual([]);
    },
  };
}

export const endings: readonly GenuineCase[] = [
  hanging,
  stopped,
  signalled('SIGINT'),
  signalled('SIGTERM'),
  signalled('SIGKILL'),
];
