import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScene } from '../support/program.ts';
import { createSurface, messageOf } from '../support/surface.ts';
import { waitFor } from '../support/wait-for.ts';

const answer = '- [ ] one\n';

async function program() {
  const access = [{ surface: 'slack', may: ['read', 'write'] }];
  const scene = createScene({ agents: ['api'], script: { otherwise: { answer } }, config: { access } });
  const surface = await createSurface(scene);
  const path = join(scene.directory, 'plan.md');
  writeFileSync(path, answer);
  const attachments = [{ name: 'plan.md', path, type: 'text/markdown', bytes: answer.length }];
  return {
    scene,
    surface,
    attachments,
    async post(where: string) {
      await surface.program.runtime.host.receive({ ...messageOf('', { surface: where }), attachments });
      return waitFor(() => surface.parts.at(-1), 'it comes back');
    },
  };
}

test('a document that is posted comes back with what may be done with it', async () => {
  const { post, surface } = await program();
  expect(await post('slack')).toMatchObject({ kind: 'command', buttons: [{ label: 'Save for api' }, {}] });
  expect(surface.program.ledger.open()).toEqual([]);
  expect(surface.program.ledger.conversation('slack:C1:', 5)).toEqual([]);
});

test('on the terminal a file is a question, and nothing is pressed', async () => {
  const { post } = await program();
  const part = await post('terminal');
  expect(part).toMatchObject({ kind: 'answer', markdown: answer.trim() });
  expect(part.buttons).toBeUndefined();
});

test('what a dead process had accepted is shown, and saved, by the next one', async () => {
  const { surface, scene, attachments } = await program();
  const { ledger } = surface.program;
  const kind = { kind: 'command', recorded: true } as const;
  const { turn } = ledger.accept({ ...messageOf('plan.md', { id: 'm1' }), attachments }, null, kind);
  const press = { kind: 'save', turn: turn.id, agent: 'api' } as const;
  ledger.accept({ ...messageOf('Save plan.md for api', { id: 'm2' }), press }, null, kind);
  await surface.program.close(0);
  const next = await createSurface(scene);
  await next.program.runtime.adopt(() => true);
  await next.program.runtime.idle();
  expect(next.parts.map(({ markdown }) => markdown.split('\n')[0]).toSorted()).toEqual([
    'Saved as `.tutti/autorun/plan.md` in api (1 task).',
    '`plan.md` · 1 task',
  ]);
  expect(readFileSync(join(scene.directory, 'api', '.tutti', 'autorun', 'plan.md'), 'utf8')).toBe(answer);
});
