import { describe, expect, it } from 'vitest';
import { contentOf, statusEdits } from '../../../src/adapters/discord/status-message.ts';
import { startBench } from '../../support/discord/bench.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn } from '../../support/discord/signed-in.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the status of a turn', () => {
  it('has a line for each agent, dead text all of it, and a button while it runs', () => {
    const rows = [{ mark: '…' as const, agent: 'api', text: 'reading @everyone' }];
    const { content, components } = contentOf(
      { turnId: 't1', head: 'asking *api* …', rows, closed: false },
      'discord:5',
    );
    expect(content).toBe('**asking \\*api\\* …**\n… api  reading @\u200beveryone');
    expect(JSON.stringify(components)).toContain('tutti:stop:t1:discord:5');
    expect(contentOf({ turnId: 't1', head: 'done', rows, closed: true }, 'c').components).toEqual([]);
  });

  it('fits into a message however many agents there are', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      mark: '✗' as const,
      agent: `a${index}`,
      text: '*'.repeat(300),
    }));
    expect(contentOf({ turnId: null, head: 'x', rows, closed: false }, 'c').content.length).toBeLessThanOrEqual(2000);
  });

  it('is posted once and edited, also by the next process', async () => {
    const scene = { agents: ['api'], script: { agents: { api: [{ hang: true }, { answer: 'the answer' }] } } };
    const first = await startBench(scene);
    first.discord.say(`<@${ids.bot}> go`);
    await waitFor(() => first.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    await waitFor(() => first.statuses().length === 1, 'its status stands there');
    await first.stop();
    const second = await startBench({ ...scene, discord: first.discord, scene: first.scene });
    await second.posted('the answer');
    await second.idle();
    await waitFor(() => second.statuses()[0]?.components.length === 0, 'the status is closed');
    expect(second.statuses()).toHaveLength(1);
    expect(second.statuses()[0]?.text).toMatch(/^\*\*answered/);
  });

  it('waits with an edit while its thread is archived', async () => {
    const discord = await startDiscord({ limits: 'fast' });
    const { rest } = await signedIn(discord);
    discord.refuse('message.edit', 50083);
    const edits = statusEdits(rest, 'c');
    const view = { turnId: null, head: 'x', rows: [], closed: true };
    const error: unknown = await edits.edit({ channel: ids.general, ts: '1574981317735481344' }, view).catch((e) => e);
    expect(edits.outcomeOf(error)).toMatchObject({ kind: 'limited' });
  });
});
