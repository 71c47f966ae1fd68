import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccessRule } from '../../src/access/access.ts';
import type { InboundMessage, Press } from '../../src/adapters/adapter.ts';
import type { ProjectAgent } from '../../src/agents/registry.ts';
import type { TurnRecord } from '../../src/ledger/ledger.ts';
import { createLog } from '../../src/log.ts';
import { createRightsService } from '../../src/runtime/services/rights.ts';
import { createSpecs } from '../../src/runtime/specs.ts';
import { createWriters } from '../../src/runtime/writers.ts';
import { temporaryFiles } from '../support/files.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { partWith, resultWith } from '../support/ledger/samples.ts';
import { messageOf } from '../support/surface.ts';

const plan = '# Plan\n\n- [ ] one\n- [x] two\n';
const hourMs = 3_600_000;

/** The flow over a real ledger, whose clock the test sets. */
function setting(names: readonly string[] = ['api'], rules: readonly AccessRule[] = [{ may: ['read', 'write'] }]) {
  const directory = temporaryFiles();
  const clock = { now: new Date('2026-11-25T10:00:00.000Z') };
  const { ledger } = sqliteBench().join({ now: () => clock.now });
  const rights = createRightsService(rules, async () => names);
  for (const name of names) mkdirSync(join(directory, name));
  const writers = createWriters(rights, async () => names.map((name) => agentAt(name, join(directory, name))));
  const specs = createSpecs({
    ledger,
    rights,
    writers,
    folder: '.tutti/autorun',
    log: createLog({ level: 'silent', mask: (text) => text }),
    newId: randomUUID,
    safe: (text) => text.replaceAll('hush', '[SECRET]'),
  });

  function attached(name: string, text: string): InboundMessage['attachments'] {
    const path = join(directory, name);
    writeFileSync(path, text);
    return [{ name, path, type: 'text/markdown', bytes: text.length }];
  }

  async function accept(message: InboundMessage): Promise<TurnRecord> {
    const taken = await specs.take({ ...message, at: clock.now.toISOString() });
    if (taken === null) throw new Error('it is a question');
    return ledger.accept(taken.message, null, { kind: taken.kind, recorded: true }).turn;
  }

  return {
    ...{ directory, clock, ledger, specs, attached, accept },
    post: (text = plan, name = 'plan.md') => accept({ ...messageOf(''), attachments: attached(name, text) }),
    press: (press: Press, told: Partial<InboundMessage> = {}) => accept({ ...messageOf(''), press, ...told }),
    async settle(turn: TurnRecord) {
      const settlement = await specs.settle(turn);
      ledger.begin(turn.id);
      ledger.settle(turn.id, settlement.result, settlement.parts);
      return settlement.parts[0];
    },
  };
}

function agentAt(name: string, directory: string): ProjectAgent {
  return {
    ...{ name, directory, access: 'edit', provider: 'search', description: '', model: null, args: [], env: {} },
    ...{ command: null, timeoutMs: 1, silenceMs: 1 },
  };
}

describe('a document', () => {
  it('is shown with its tasks, without secrets, and saved as it is', async () => {
    const { post, press, settle, directory } = setting();
    const text = '- [ ] tell nobody hush\n';
    const offer = await post(text);
    expect(offer).toMatchObject({ kind: 'command', message: { text: 'plan.md' } });
    const shown = await settle(offer);
    expect(shown?.markdown).toContain('[SECRET]');
    expect(shown?.buttons?.map(({ label }) => label)).toEqual(['Save for api', 'Ask about it']);
    const saved = await settle(await press({ kind: 'save', turn: offer.id, agent: 'api' }));
    expect(saved).toMatchObject({ markdown: 'Saved as `.tutti/autorun/plan.md` in api (1 task).', replaces: true });
    expect(readFileSync(join(directory, 'api', '.tutti', 'autorun', 'plan.md'), 'utf8')).toBe(text);
  });

  it('is not saved when nobody chose within a day', async () => {
    const { post, press, settle, clock, directory } = setting();
    const offer = await post();
    await settle(offer);
    clock.now = new Date(clock.now.getTime() + 24 * hourMs + 1);
    const over = await settle(await press({ kind: 'save', turn: offer.id, agent: 'api' }));
    expect(over?.markdown).toMatch(/^Nothing was saved/);
    expect(over?.replaces).toBe(true);
    expect(existsSync(join(directory, 'api', '.tutti'))).toBe(false);
  });

  it('that was being saved when the process died is saved once', async () => {
    const { post, press, specs, directory } = setting();
    const offer = await post();
    const turn = await press({ kind: 'save', turn: offer.id, agent: 'api' });
    await specs.settle(turn);
    const again = await specs.settle(turn);
    expect(again.parts[0]?.markdown).toBe('`.tutti/autorun/plan.md` is there already in api (2 tasks, 1 done).');
    expect(existsSync(join(directory, 'api', '.tutti', 'autorun', 'plan-2.md'))).toBe(false);
  });

  it('is pressed where it was shown, and not when it is gone', async () => {
    const { post, press } = setting();
    const offer = await post();
    const save: Press = { kind: 'save', turn: offer.id, agent: 'api' };
    const tooOld = { code: 'too-old' };
    await expect(press(save, { place: messageOf('', { channel: 'C2' }).place })).rejects.toMatchObject(tooOld);
    await expect(press({ ...save, turn: 'nothing' })).rejects.toMatchObject(tooOld);
    await expect(press({ kind: 'tasks', turn: offer.id })).rejects.toMatchObject(tooOld);
    await expect(press({ ...save, agent: 'gone' })).rejects.toMatchObject({ code: 'unknown-agent' });
  });

  it('is not pressed where a question stands, whatever is attached to that', async () => {
    const { press, ledger, attached } = setting();
    const { turn } = ledger.accept({ ...messageOf('is it good?'), attachments: attached('plan.md', plan) });
    for (const what of [{ kind: 'save', agent: 'api' }, { kind: 'ask' }] as const)
      await expect(press({ ...what, turn: turn.id })).rejects.toMatchObject({ code: 'too-old' });
  });

  it('is refused to who may not let the agent write before anything is recorded, and again when it is done', async () => {
    const { post, press, settle, ledger } = setting(['api'], [{ users: ['U-alice'], may: ['read', 'write'] }]);
    const offer = await post();
    const save: Press = { kind: 'save', turn: offer.id, agent: 'api' };
    const bob = messageOf('', { by: 'bob' }).author;
    await expect(press(save, { author: bob })).rejects.toMatchObject({ code: 'denied', exit: 4 });
    const slipped = ledger.accept({ ...messageOf('', { id: 'm9', by: 'bob' }), press: save }, null, {
      kind: 'command',
    });
    expect(await settle(slipped.turn)).toMatchObject({ kind: 'error', data: { error: { code: 'denied' } } });
  });

  it('is no document without a task, and none with a second file beside it', async () => {
    const { specs, attached } = setting();
    const take = (attachments: InboundMessage['attachments']) => specs.take({ ...messageOf(''), attachments });
    expect(await take(attached('a.md', '# Notes\n'))).toBeNull();
    expect(await take([...attached('a.md', plan), ...attached('b.md', plan)])).toBeNull();
    expect(await take(attached('large.md', `\`\`\`\n${'- [ ] x\n'.repeat(10)}\`\`\`\n`))).toBeNull();
  });

  it('says how many agents have no room', async () => {
    const { post, settle } = setting(Array.from({ length: 27 }, (_, index) => `agent${index}`));
    const shown = await settle(await post());
    expect(shown?.markdown).toContain('There are 2 more agents than can be shown.');
    expect(shown?.buttons).toHaveLength(26);
  });
});

describe('an answer', () => {
  async function answered(answer: string) {
    const scene = setting();
    const { turn } = scene.ledger.accept(messageOf('plan it'));
    scene.ledger.begin(turn.id);
    const result = resultWith(turn.id, { answer, citations: [] });
    scene.ledger.settle(turn.id, result, [partWith(turn.id)]);
    return { ...scene, turn, buttons: (told = {}) => scene.specs.buttons(turn.message, { ...result, ...told }) };
  }

  it('offers its tasks where it has some', async () => {
    const { buttons, turn } = await answered(plan);
    const offered = [{ label: 'Save as spec', press: { kind: 'tasks', turn: turn.id } }];
    expect(await buttons()).toEqual(offered);
    expect(await buttons({ status: 'partial' })).toEqual(offered);
    expect(await buttons({ status: 'clarify' })).toEqual([]);
    expect(await buttons({ answer: null })).toEqual([]);
    expect(await buttons({ answer: 'No tasks.' })).toEqual([]);
    expect(await buttons({ answer: '```\n- [ ] code\n```' })).toEqual([]);
  });

  it('shows them once a day', async () => {
    const { press, settle, turn, clock } = await answered(plan);
    const tasks: Press = { kind: 'tasks', turn: turn.id };
    const shown = await settle(await press(tasks));
    expect(shown?.markdown).toMatch(/^`Plan.md` · 2 tasks, 1 done/);
    expect(shown?.buttons?.map(({ label }) => label)).toEqual(['Save for api']);
    await expect(press(tasks)).rejects.toMatchObject({ code: 'already-pressed' });
    clock.now = new Date(clock.now.getTime() + 25 * hourMs);
    await expect(settle(await press(tasks))).resolves.toMatchObject({ kind: 'command' });
  });
});
