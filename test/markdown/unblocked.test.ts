import { describe, expect, it } from 'vitest';
import { unblocked } from '../../src/markdown/unblocked.ts';
import { forever, shout } from '../fixtures/off-thread/jobs.ts';

const module = new URL('../fixtures/off-thread/jobs.ts', import.meta.url).href;
const costly = 'word '.repeat(5_000);

describe('unblocked', () => {
  it('gives what the function gives, here or elsewhere', async () => {
    expect(await unblocked(shout, module, ['short', '!'], () => '')).toBe('short!');
    expect(await unblocked(shout, module, [costly, '!'], () => '')).toBe(`${costly}!`);
  });

  it('gives the other answer where the function cannot', async () => {
    expect(
      await unblocked(
        (text: string) => text,
        module,
        [costly],
        () => 'otherwise',
      ),
    ).toBe('otherwise');
  });

  it('leaves what takes too long, and stops when asked', async () => {
    expect(await unblocked<[], string>(forever, module, [costly], () => 'otherwise')).toBe('otherwise');
    await expect(
      unblocked<[], string>(forever, module, [costly], () => '', AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
  });
});
