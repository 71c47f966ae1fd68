import { describe, expect, it } from 'vitest';
import type { SceneOptions } from '../support/program.ts';
import type { LoggedCall } from '../support/scripted.ts';
import { waitFor } from '../support/wait-for.ts';

/** A surface with the whole program behind it, and a person at it who may ask and let write. */
export interface SurfaceBench {
  /** Says something in the one conversation of the test; a surface's mention of Tutti goes with the first. */
  say(text: string): Promise<void>;
  /** A command as this surface writes it in a conversation. */
  command(text: string): Promise<void>;
  /** All that is to be read by that person, in order, files included. */
  shown(): string;
  calls(): readonly LoggedCall[];
}

export interface SurfaceOptions {
  /** Whether the surface takes commands while a question runs. */
  readonly steers: boolean;
}

/** What every surface promises: one engine, one grammar, one set of guarantees. */
export function surfaceSuite(
  name: string,
  open: (options: SceneOptions) => Promise<SurfaceBench>,
  { steers }: SurfaceOptions,
): void {
  const shows = (bench: SurfaceBench, text: string | RegExp) =>
    waitFor(
      () => (typeof text === 'string' ? bench.shown().includes(text) : text.test(bench.shown())),
      `${text} is shown`,
    );
  const count = (bench: SurfaceBench, text: string) => bench.shown().split(text).length - 1;
  const started = (bench: SurfaceBench) => bench.calls().filter((call) => call.event === 'start');

  describe(`${name}, as every surface,`, () => {
    it('answers a question once, with its checked sources and what it took', async () => {
      const bench = await open({
        agents: ['api'],
        script: { otherwise: { answer: 'The answer is 42, see src/main.ts:3.' } },
      });
      await bench.say('what is it?');
      await shows(bench, '1 agent');
      expect(bench.shown()).toMatch(/1 ✓ api\s+`?src\/main\.ts:3/);
      expect(count(bench, 'The answer is 42')).toBe(1);
      expect(started(bench)).toHaveLength(1);
    });

    it('keeps a conversation together, one question after the other', async () => {
      const bench = await open({
        agents: ['api'],
        script: { otherwise: { delayMs: 100, answer: 'heard: {prompt} :end' } },
      });
      await bench.say('the first');
      await bench.say('the second');
      await waitFor(() => count(bench, ':end') === 2, 'both are answered');
      const shown = bench.shown();
      expect(shown.indexOf('heard: the first')).toBeLessThan(shown.lastIndexOf('the second'));
      expect(new Set(started(bench).map((call) => call.conversation)).size).toBe(1);
      expect(started(bench).map((call) => call.resumed)).toEqual([false, true]);
    });

    it('runs commands of the registry, and says what is wrong with others', async () => {
      const bench = await open({ agents: ['api', 'web'], script: { otherwise: { answer: 'hello there' } } });
      await bench.say('@api hello');
      await shows(bench, 'hello there');
      await bench.command('agents list');
      await shows(bench, /web[\s\S]*command/);
      await bench.command('histroy');
      await shows(bench, /Did you mean .history/);
      expect(started(bench)).toHaveLength(1);
    });

    it('asks back where a name is not known', async () => {
      const bench = await open({ agents: ['billing', 'web'], script: {} });
      await bench.say('@biling how?');
      await shows(bench, 'Did you mean @billing?');
      expect(started(bench)).toEqual([]);
    });

    it('says how a question failed', async () => {
      const bench = await open({ agents: ['api'], script: { otherwise: { stderr: 'out of cheese\n', exit: 3 } } });
      await bench.say('go');
      await shows(bench, /out of cheese/);
    });

    it('shows nothing that moves, hides or betrays', async () => {
      const answer = 'a\u001b[2Jb \u202ec\u0007 the-api-token-123456 done';
      const bench = await open({
        agents: ['api'],
        agent: { env: { API_TOKEN: 'the-api-token-123456' } },
        script: { otherwise: { answer } },
      });
      await bench.say('go');
      await shows(bench, 'done');
      expect(bench.shown()).not.toMatch(/\u001b\[2J|\u202e|\u0007/);
      expect(bench.shown()).not.toContain('the-api-token-123456');
      expect(bench.shown()).toContain('[API_TOKEN]');
    });

    it('loses nothing of a long answer', async () => {
      const lines = Array.from({ length: 1200 }, (_, index) => `Line ${index} of the long answer.`);
      const bench = await open({ agents: ['api'], script: { otherwise: { answer: lines.join('\n\n') } } });
      await bench.say('go');
      await shows(bench, 'Line 1199 of the long answer.');
      expect(lines.filter((line) => !bench.shown().includes(line))).toEqual([]);
    });

    it.runIf(steers)('stops what runs', async () => {
      const bench = await open({ agents: ['api'], script: { otherwise: { hang: true } } });
      await bench.say('go');
      await waitFor(() => bench.calls().some((call) => call.event === 'hang'), 'it runs');
      await bench.command('stop');
      await shows(bench, /Stopped:/);
    });
  });
}
