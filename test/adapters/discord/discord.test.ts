import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/discord/bench.ts';
import { ids } from '../../support/discord/double.ts';

describe('a question on Discord', () => {
  it('is answered once in a thread at its message', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { otherwise: { answer: 'It is 42, see src/main.ts:3.' } },
    });
    const message = bench.discord.say(`<@${ids.bot}> what is it?`);
    const answer = await bench.posted('It is 42');
    await bench.idle();
    expect(answer.channel).toBe(message.id);
    expect(answer.text).toContain(`<@${ids.alice}> It is 42`);
    expect(answer.text).toContain('Sources: 1 ✓ api `src/main.ts:3`');
    expect(bench.said().filter(({ text }) => text.includes('It is 42'))).toHaveLength(1);
    expect(bench.discord.threads()).toMatchObject([{ id: message.id, name: 'what is it?' }]);
    expect(bench.discord.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });
});
