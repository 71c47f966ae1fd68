import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BenchOptions, type DiscordBench, startBench } from '../../support/discord/bench.ts';
import { ids, type PostedMessage } from '../../support/discord/double.ts';
import { waitFor } from '../../support/wait-for.ts';

const plan = '# The plan\n\n- [ ] one\n- [x] two\n  1. [ ] three\n';
const file = { name: 'plan.md', type: 'text/markdown', content: Buffer.from(plan) };
const tutti = `<@${ids.bot}>`;
const planning: BenchOptions = { agents: ['api'], script: { otherwise: { answer: `Do this:\n\n${plan}` } } };

function savedIn(bench: DiscordBench, agent: string, name: string): string | null {
  const path = join(bench.scene.directory, agent, '.tutti', 'autorun', name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function labels({ components }: PostedMessage): readonly string[] {
  return [...JSON.stringify(components).matchAll(/"label":"([^"]+)"/g)].map(([, label = '']) => label);
}

it('an answer that holds tasks is saved as a document after they were shown, also after a restart', async () => {
  const first = await startBench(planning);
  first.discord.say(`${tutti} plan it`);
  const answer = await first.posted('Do this');
  expect(labels(answer)).toEqual(['Save as spec']);
  await first.stop();
  const second = await startBench({ ...planning, discord: first.discord, scene: first.scene });
  await second.discord.press(answer, 'tutti:press:tasks', ids.bob);
  const offer = await second.posted('nothing is run');
  expect(offer.text).toContain('`The-plan.md` · 3 tasks, 1 done');
  expect(offer.channel).toBe(answer.channel);
  expect(labels(offer)).toEqual(['Save for api']);
  await second.discord.press(answer, 'tutti:press:tasks');
  await second.whispered('pressed it before', ids.alice);
  await second.discord.press(offer, 'tutti:press:save');
  await waitFor(() => offer.text === 'Saved as `.tutti/autorun/The-plan.md` in api (3 tasks, 1 done).', 'it says so');
  expect(savedIn(second, 'api', 'The-plan.md')).toContain(plan.trim());
});

it('a document is saved once though two people press at once, and the other is told', async () => {
  const bench = await startBench({ agents: ['api'], script: {} });
  bench.discord.say(tutti, { files: [file] });
  const offer = await bench.posted('nothing is run');
  await Promise.all([
    bench.discord.press(offer, 'tutti:press:save'),
    bench.discord.press(offer, 'tutti:press:save', ids.bob),
  ]);
  await waitFor(() => offer.text.startsWith('Saved as'), 'one of them wins');
  await bench.whispered('pressed it before');
  await bench.idle();
  expect(savedIn(bench, 'api', 'plan.md')).toBe(plan);
  expect(savedIn(bench, 'api', 'plan-2.md')).toBeNull();
});

it('in direct messages a file alone is enough, and none of its words are live', async () => {
  const bench = await startBench({ agents: ['api'], script: {} });
  const content = Buffer.from(`- [ ] @everyone <@${ids.bob}> **bold** [x](https://evil.example)\n`);
  bench.discord.say('', { channel: 'dm', files: [{ ...file, content }] });
  const offer = await bench.posted('nothing is run');
  expect(offer.text).not.toMatch(/@everyone|<@|\*\*bold|https:\/\/evil/);
  expect(offer.notified).toEqual([]);
  await bench.discord.press(offer, 'tutti:press:save');
  await waitFor(() => offer.text.startsWith('Saved as'), 'it is saved');
});

it('no button is offered where nobody may write', async () => {
  const bench = await startBench({ ...planning, agent: { access: 'read' } });
  bench.discord.say(`${tutti} plan it`);
  expect(labels(await bench.posted('Do this'))).toEqual([]);
});
