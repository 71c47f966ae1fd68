import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { appendInput, readAll, textArgument } from '../../../src/adapters/terminal/standard-input.ts';
import { sampleCommands } from '../../support/commands.ts';

describe('what is piped in', () => {
  it('is read whole, also where a letter is split over two chunks', async () => {
    const bytes = Buffer.from('größe\n');
    expect(await readAll(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), new AbortController().signal)).toBe(
      'größe',
    );
  });

  it('is refused when it is too large', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    await expect(
      readAll(Readable.from([chunk, chunk, chunk, chunk, chunk]), new AbortController().signal),
    ).rejects.toMatchObject({
      code: 'input-too-large',
      exit: 2,
    });
  });

  it('is not waited for any longer when the program is told to end', async () => {
    const controller = new AbortController();
    const reading = readAll(new PassThrough(), controller.signal);
    controller.abort();
    await expect(reading).rejects.toThrow();
  });

  it('stands labelled in a fence that nothing inside can close', () => {
    expect(appendInput('why?', 'a\n````\nb')).toBe('why?\n\nStandard input:\n\n`````\na\n````\nb\n`````');
    expect(appendInput('why?', 'a')).toContain('\n```\na\n```');
  });
});

it('is read only by commands whose text it can be', () => {
  const named = (name: string) => {
    const spec = sampleCommands.find((one) => one.name === name);
    return spec === undefined ? null : (textArgument(spec, null)?.name ?? null);
  };
  expect([named('ask'), named('stop'), named('schedule')]).toEqual(['question', null, null]);
});
