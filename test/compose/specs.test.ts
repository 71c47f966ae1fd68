import { writeFileSync } from 'node:fs';
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
    surface,
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
  const kinds = surface.program.ledger.conversation('slack:C1:', 5);
  expect(kinds).toEqual([]);
});

test('on the terminal a file is a question, and nothing is pressed', async () => {
  const { post } = await program();
  const part = await post('terminal');
  expect(part).toMatchObject({ kind: 'answer', markdown: answer.trim() });
  expect(part.buttons).toBeUndefined();
});
