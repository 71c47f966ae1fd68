import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InboundMessage, Reply } from '../../../src/adapters/adapter.ts';
import type { BannerUpdate } from '../../../src/adapters/terminal/host.ts';
import { virtualScreen } from '../../support/screen.ts';
import { part, startTerminal, type TerminalUnderTest } from '../../support/terminal-host.ts';

const open: TerminalUnderTest[] = [];
afterEach(() => {
  for (const { terminal } of open.splice(0)) terminal.terminate();
});

/** A REPL on a screen, with answers that the test gives when it wants to. */
async function startRepl(options: Partial<Parameters<typeof startTerminal>[0]> & { readonly columns?: number } = {}) {
  const screen = virtualScreen(options.columns ?? 80);
  const asked: { readonly message: InboundMessage; readonly reply: Reply }[] = [];
  const under = await startTerminal({
    inputIsTerminal: true,
    outputIsTerminal: true,
    screen: screen.stream,
    answer: (message, reply) => void asked.push({ message, reply }),
    ...options,
  });
  const ended = under.terminal.run();
  open.push(under);
  await screen.shows(/^›/mu);
  await screen.shows('tutti 0.1.0');
  const type = (text: string) => under.input.write(text);
  return { ...under, screen, asked, ended, type };
}

const decision = { type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api', 'web'] } as const;
const ask = { round: 1, durationMs: 1200, usage: null, text: 'x', failure: null } as const;

async function arrived<T>(list: readonly T[], count: number): Promise<T> {
  while (list.length < count) await new Promise((resolve) => setImmediate(resolve));
  const last = list[count - 1];
  if (last === undefined) throw new Error('nothing arrived');
  return last;
}

describe('asking', () => {
  it('shows the banner, what each agent does, and then the answer above a fresh prompt', async () => {
    const { screen, type, asked, ended } = await startRepl();
    expect(screen.text()).toContain('tutti 0.1.0');
    type('why?\r');
    const { message, reply } = await arrived(asked, 1);
    expect(message).toMatchObject({ text: 'why?', conversation: 'terminal:here', place: { channel: 'repl' } });
    reply.progress(decision);
    reply.progress({ type: 'ask_start', round: 1, agent: 'api', access: 'read', waitsFor: [] });
    reply.progress({ type: 'ask_start', round: 1, agent: 'web', access: 'read', waitsFor: [] });
    reply.progress({ type: 'ask_progress', agent: 'web', activity: 'Read a.ts', tokens: 1200 });
    await screen.shows(/web +Read a\.ts +0 s +1\.2k tokens/u);
    reply.progress({ type: 'ask_end', agent: 'api', status: 'answered', ...ask });
    await screen.shows(/✓ api +answered +1\.2 s/u);
    await screen.shows('Ctrl-C stops · type to queue the next question');
    await reply.post(part({ markdown: 'Because.', footer: '2 agents' }));
    await screen.hides('Ctrl-C stops');
    expect(screen.text().slice(screen.text().indexOf('› why?'))).toBe(
      [
        '› why?',
        '',
        '  asking api, web …',
        `  ✓ api       ${'answered'.padEnd(34)}    1.2 s`,
        '',
        '  Because.',
        '',
        '  2 agents',
        '',
        '›',
      ].join('\n'),
    );
    type('\x04');
    expect(await ended).toBe(0);
  });

  it('clears the screen before the first question too', async () => {
    const { screen, type } = await startRepl();
    type('half a line\x0c');
    await screen.hides('tutti 0.1.0');
    expect(screen.lines()).toEqual(['› half a line']);
    expect(screen.everything()).not.toContain('tutti 0.1.0\n\ntutti 0.1.0');
  });

  it('tells once why an agent gave no answer', async () => {
    const { screen, type, asked } = await startRepl();
    type('why?\r');
    const { reply } = await arrived(asked, 1);
    reply.progress(decision);
    const failure = { reason: 'not-signed-in', message: 'codex is not signed in.', stderrTail: null };
    reply.progress({ type: 'ask_end', agent: 'web', status: 'failed', ...ask, text: null, failure });
    const failures = 'Without an answer: web (codex is not signed in).';
    await reply.post(part({ markdown: `Because.\n\n${failures}`, failures, footer: '2 agents' }));
    await screen.shows('2 agents');
    expect(screen.text()).toContain('Because.');
    expect(screen.text().match(/not signed in/gu)).toHaveLength(1);
  });

  it('shows the answer while it is written, and only its final form afterwards', async () => {
    const { screen, type, asked } = await startRepl();
    type('why?\r');
    const { reply } = await arrived(asked, 1);
    reply.progress({ type: 'answer_text', text: 'It is be' });
    await screen.shows('It is be');
    await reply.post(part({ markdown: 'Because.' }));
    await screen.shows('Because.');
    expect(screen.text()).not.toContain('It is be');
  });

  it('queues what is typed meanwhile and shows each question above its own answer', async () => {
    const { screen, type, asked } = await startRepl();
    type('first?\r');
    type('second?\r');
    await screen.shows('queued: second?');
    const first = await arrived(asked, 1);
    await first.reply.post(part({ markdown: 'One.' }));
    await screen.shows('› second?');
    const second = await arrived(asked, 2);
    await second.reply.post(part({ markdown: 'Two.' }));
    await screen.shows('Two.');
    expect(screen.text()).toMatch(/› first\?\s+One\.\s+› second\?\s+Two\.\s+›$/u);
  });

  it('says in place of an answer why there is none, however long that takes', async () => {
    const { screen, type, asked } = await startRepl();
    type('why?\r');
    const { reply } = await arrived(asked, 1);
    await screen.shows('Ctrl-C stops');
    const error = { code: 'x', message: `It broke ${'here and '.repeat(20)}there.`, hint: 'Mend it. '.repeat(20) };
    await reply.post(part({ kind: 'error', data: { error } }));
    await screen.shows(/›$/u);
    expect(screen.text()).toMatch(/› why\?\n\n {2}✗ It broke here[\s\S]*there\.\n {4}Mend it\.[\s\S]*\n\n›$/u);
    expect(screen.text()).not.toContain('Ctrl-C stops');
  });

  it('says what is wrong with a command, and runs none', async () => {
    const { screen, type, received } = await startRepl();
    type('/histroy\r');
    await screen.shows('There is no command "histroy".');
    await screen.shows('Did you mean /history?');
    expect(received).toEqual([]);
  });
});

describe('stopping and leaving', () => {
  it('stops the running turn at Ctrl-C and stays, and leaves with 130 at the second', async () => {
    const { screen, type, asked, stops, ended } = await startRepl({ onStop: () => true });
    type('why?\r');
    await arrived(asked, 1);
    type('\x03');
    await screen.shows('Ctrl-C');
    expect(stops).toEqual(['terminal:here']);
    type('\x03');
    expect(await ended).toBe(130);
  });

  it('clears a line at Ctrl-C, and leaves with 130 when there is nothing to clear', async () => {
    const { screen, type, ended } = await startRepl();
    type('half a question');
    await screen.shows('half a question');
    type('\x03');
    await screen.hides('half a question');
    type('\x03');
    expect(await ended).toBe(130);
  });

  it('leaves the terminal as it was', async () => {
    const { screen, type, ended } = await startRepl();
    type('/exit\r');
    expect(await ended).toBe(0);
    await screen.hides('›');
  });
});

describe('typing', () => {
  it('completes commands, subcommands, options and names', async () => {
    const { screen, type, asked } = await startRepl({
      host: { complete: async (kind) => (kind === 'target' ? [{ value: 'api', summary: 'REST backend' }] : []) },
    });
    type('/hi');
    await screen.shows(/history +What happened/u);
    type('\t');
    await screen.shows('› /history');
    type('se\t');
    await screen.shows('› /history search');
    type('\x15@ap');
    await screen.shows('REST backend');
    type('\t');
    await screen.shows('› @api');
    type('why?\r');
    expect((await arrived(asked, 1)).message.text).toBe('@api why?');
  });

  it('takes a marked choice at Enter, and sends the line where none is marked', async () => {
    const { screen, type, received } = await startRepl();
    type('/h');
    await screen.shows('history');
    type('\x1b[B');
    type('\x1b[B');
    type('\r');
    await screen.shows('› /history');
    type('\x15/help\r');
    await screen.shows('› /help');
    await arrived(received, 1);
    expect(received.map(({ command }) => command?.name)).toEqual(['help']);
  });

  it('takes several lines: pasted, with Alt-Enter, with a backslash', async () => {
    const { screen, type, asked } = await startRepl();
    type('\x1b[200~one\r\ntwo\x1b[201~');
    await screen.shows('  two');
    type('\x1b\rthree\\\rfour\r');
    expect((await arrived(asked, 1)).message.text).toBe('one\ntwo\nthree\nfour');
  });

  it('finds former lines', async () => {
    const { screen, type, asked } = await startRepl();
    type('alpha one\r');
    await (await arrived(asked, 1)).reply.post(part());
    type('beta two\r');
    await (await arrived(asked, 2)).reply.post(part());
    type('draft\x1b[A');
    await screen.shows(/› beta two$/u);
    type('\x1b[B');
    await screen.shows(/› draft$/u);
    type('\x12alp');
    await screen.shows('(search) alp: alpha one');
    type('\r');
    expect((await arrived(asked, 3)).message.text).toBe('alpha one');
  });
});

it('sends a dragged image with the next question', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tutti-drag-'));
  const path = join(directory, 'my shot.png');
  await writeFile(path, 'x'.repeat(2048));
  const { screen, type, asked } = await startRepl();
  type(`\x1b[200~${path.replace(' ', '\\ ')} \x1b[201~`);
  await screen.shows('attached: my shot.png (2 kB)');
  type('what is this?\r');
  expect((await arrived(asked, 1)).message).toMatchObject({ text: 'what is this?', attachments: [{ path }] });
  await screen.hides('attached:');
  type('/attach missing.png\r');
  await screen.shows('There is no file missing.png.');
  await rm(directory, { recursive: true });
});

describe('tabs', () => {
  it('keep conversations apart and count what is unread', async () => {
    const { screen, type, asked } = await startRepl();
    type('first?\r');
    const first = await arrived(asked, 1);
    type('/session new plan\r');
    await screen.shows('[2 plan]');
    expect(screen.text()).not.toContain('first?');
    type('second?\r');
    const second = await arrived(asked, 2);
    expect(second.message.conversation).toBe('terminal:plan');
    let shown = false;
    const posted = first.reply.post(part({ markdown: 'One.' })).then(() => {
      shown = true;
    });
    await screen.shows('1 here •1');
    expect(shown).toBe(false);
    expect(screen.text()).not.toContain('One.');
    type('\x1b1');
    await screen.shows('One.');
    await posted;
    expect(screen.text()).toContain('› first?');
    expect(screen.text()).toContain('2 plan…');
    type('/session switch plan\r');
    await screen.shows('› second?');
  });
});

describe('the screen', () => {
  it.each([30, 20])('is never overrun at %i columns', async (columns) => {
    const { screen, type, asked } = await startRepl({ columns });
    type('a question that is rather long for this terminal\r');
    const { reply } = await arrived(asked, 1);
    reply.progress(decision);
    reply.progress({ type: 'ask_progress', agent: 'api', activity: 'Bash: rg "refreshToken" src', tokens: 1 });
    await screen.shows('api');
    await reply.post(part({ markdown: 'Done.' }));
    await screen.shows('Done.');
    expect(screen.lines().filter((line) => line.startsWith('›'))).toHaveLength(2);
  });

  it('is drawn anew when its size changes', async () => {
    const { screen, type } = await startRepl();
    type('some words that fit on one line');
    await screen.shows('one line');
    screen.resize(24, 10);
    await screen.shows(/› some words that fit on\n {2}one line|› some words that fit o\n {2}n one line/u);
    screen.resize(80, 24);
    await screen.shows(/› some words that fit on one line$/u);
    expect(screen.lines().filter((line) => line.startsWith('›'))).toHaveLength(1);
  });
});

it('shows lines of the log above the prompt, where they disturb nothing', async () => {
  const { screen, type, asked, terminal } = await startRepl({ errorIsTerminal: true });
  type('why?\r');
  const { reply } = await arrived(asked, 1);
  await screen.shows('Ctrl-C stops');
  terminal.log('{"level":40,"pid":1,"msg":"a \\"part\\" is late","turn":"x"}\n');
  await screen.shows('log: a "part" is late');
  await reply.post(part());
  await screen.shows(/›$/u);
  expect(screen.text()).not.toContain('Ctrl-C stops');
});

it('shows a banner that fills up until something is said, and then stays', async () => {
  const size = Promise.withResolvers<BannerUpdate>();
  const { screen, type } = await startRepl({
    host: {
      banner: () => ({
        version: '0.1.0',
        agents: [{ name: 'api', directory: 'api', provider: 'search', detail: null }],
        moderator: 'search',
        notices: [],
        suggestion: null,
        following: [size.promise],
      }),
    },
  });
  await screen.shows(/@api {2}api {2}search$/mu);
  size.resolve({ type: 'agent', name: 'api', detail: '12 files' });
  await screen.shows('@api  api  search  12 files');
  type('/help keys\r');
  await screen.shows('Alt-Enter');
  expect(screen.everything().split('12 files')).toHaveLength(2);
});

it('shows its prompt before anything else is there, and sends what was typed then', async () => {
  const screen = virtualScreen();
  const under = await startTerminal({
    inputIsTerminal: true,
    outputIsTerminal: true,
    screen: screen.stream,
    opensFirst: async (terminal, input) => {
      await terminal.open();
      await screen.shows('›');
      input.write('early?');
      await screen.shows('early?');
      input.write('\r');
      await screen.hides('early?');
    },
  });
  open.push(under);
  under.terminal.run();
  await screen.shows('› early?');
  await screen.shows('Forty-two.');
});

it('prints what dead processes left, under its question', async () => {
  const { screen, terminal } = await startRepl({
    adopted: [{ turnId: 'old', conversation: 'terminal:here', question: 'before?' }],
  });
  await screen.shows('› before?');
  const reply = terminal.reply({ surface: 'terminal', data: { conversation: 'terminal:here', request: 'gone' } });
  reply.progress(decision);
  await screen.shows('asking api, web');
  await reply.post(part({ turnId: 'old', markdown: 'After.' }));
  await screen.shows('After.');
  await screen.hides('Ctrl-C stops');
});
