import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createScene, providersLeft, type Scene } from '../../support/program.ts';
import { waitFor } from '../../support/wait-for.ts';

const main = new URL('../../../src/main.ts', import.meta.url).pathname;

/** One agent that answers, one that never comes back. */
function scene(): Scene {
  return createScene({
    agents: ['api', 'slow'],
    script: { agents: { slow: [{ hang: true }] }, otherwise: { answer: 'Here.' } },
    config: { limits: { shutdownGrace: '1s' } },
  });
}

/** The real program, with a standard input that stays open. */
function start(args: readonly string[], used = scene()) {
  const child = spawn(process.execPath, [main, ...args], { cwd: used.directory, env: used.environment });
  let output = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  // One more signal at the very end may end the process itself: a shell says the same number for both.
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code, signal) => resolve(signal === 'SIGINT' ? 130 : code)),
  );
  const hangs = () => waitFor(() => used.calls().some(({ event }) => event === 'hang'), 'the agent hangs');
  return { child, scene: used, ended, hangs, output: () => output, error: () => error };
}

describe('standard input', () => {
  it('is the question, or goes with it', async () => {
    const { child, ended, scene: used } = start(['ask', '@api what is this?', '-']);
    child.stdin.end('piped in\n');
    expect(await ended).toBe(0);
    expect(used.calls()[0]?.prompt).toContain('what is this?\n\nStandard input:\n\n```\npiped in\n```');
    const alone = start(['send', 'api']);
    alone.child.stdin.end('from a pipe\n');
    expect(await alone.ended).toBe(0);
    expect(alone.scene.calls()[0]?.prompt).toContain('from a pipe');
  });

  it('is not waited for when the question stands there', async () => {
    const { ended, output } = start(['ask', '@api are you there?']);
    expect(await ended).toBe(0);
    expect(output()).toContain('Here.');
  });
});

it('ends quietly when nobody reads any more', async () => {
  const used = createScene({ agents: ['api'], script: { otherwise: { delayMs: 300, answer: 'Here.' } } });
  const { child, ended, output, error } = start(['ask', '@api are you there?', '--jsonl'], used);
  await waitFor(() => output().includes('"accepted"'), 'the question is accepted');
  child.stdout.destroy();
  expect(await ended).toBe(130);
  expect(error()).not.toMatch(/^ {4}at /mu);
});

describe('Ctrl-C', () => {
  it('stops one command, which still says how it ended', async () => {
    const { child, ended, hangs, output } = start(['ask', '@slow are you there?', '--json']);
    await hangs();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(JSON.parse(output())).toMatchObject({ status: 'stopped' });
  });

  it('is not made to wait, by one command or a REPL, for an agent that does not want to end', async () => {
    for (const args of [['ask', '@stubborn are you there?'], []]) {
      const used = createScene({
        agents: ['stubborn'],
        script: { agents: { stubborn: [{ ignoreTerm: true, children: ['silent'], hang: true }] } },
      });
      const { child, ended, hangs } = start(args, used);
      if (args.length === 0) child.stdin.write('@stubborn are you there?\n');
      await hangs();
      expect(providersLeft(used.directory)).toHaveLength(2);
      const asked = performance.now();
      // Until it is noticed, a further signal is the same as the one before.
      const pressing = setInterval(() => child.kill('SIGINT'), 100);
      expect(await ended).toBe(130);
      clearInterval(pressing);
      // What has five seconds when it is asked once.
      expect(performance.now() - asked).toBeLessThan(4000);
      await waitFor(() => providersLeft(used.directory).length === 0, 'nothing is left of the agent');
      if (args.length === 0) continue;
      const last = start(['history', 'list', '--json'], used);
      expect(await last.ended).toBe(0);
      expect(last.output()).toContain('"stopped"');
    }
  });

  it('stops what runs in a REPL, which stays, and then leaves it', async () => {
    const { child, ended, hangs, output } = start([]);
    child.stdin.write('@slow are you there?\n@api and you?\n');
    await hangs();
    child.kill('SIGINT');
    await waitFor(() => output().includes('Here.'), 'the next question is answered');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });
});

it('leaves a REPL that is told to end with 0, and its turn to the next start', async () => {
  const used = scene();
  const { child, ended, hangs } = start([], used);
  child.stdin.write('@slow are you there?\n');
  await hangs();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const status = start(['status', '--json'], used);
  expect(await status.ended).toBe(0);
  expect(JSON.parse(status.output())).toMatchObject({ turns: [{ question: '@slow are you there?' }] });
});
