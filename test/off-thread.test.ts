import { describe, expect, it } from 'vitest';
import { offThread } from '../src/off-thread.ts';
import type * as jobs from './fixtures/off-thread/jobs.ts';

const module = new URL('./fixtures/off-thread/jobs.ts', import.meta.url).href;

describe('offThread', () => {
  it('gives what the function gives, also when that takes a promise', async () => {
    expect(await offThread<typeof jobs.add>(module, 'add', [2, 3], { timeoutMs: 20_000 })).toBe(5);
    expect(await offThread<typeof jobs.later>(module, 'later', ['x'], { timeoutMs: 20_000 })).toBe('x later');
  });

  it('rejects with what the function threw', async () => {
    await expect(offThread<typeof jobs.fail>(module, 'fail', [], { timeoutMs: 20_000 })).rejects.toThrow('it broke');
    await expect(offThread(module, 'missing', [], { timeoutMs: 20_000 })).rejects.toThrow('missing is no function');
  });

  it('leaves this thread free meanwhile, and ends what takes too long', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    await expect(offThread<typeof jobs.forever>(module, 'forever', [], { timeoutMs: 500 })).rejects.toThrow(/timeout/i);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const running = offThread<typeof jobs.forever>(module, 'forever', [], { timeoutMs: 60_000, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await expect(
      offThread<typeof jobs.add>(module, 'add', [1, 1], { timeoutMs: 20_000, signal: stop.signal }),
    ).rejects.toThrow('stopped');
  });
});
