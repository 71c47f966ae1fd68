import { expect, it } from 'vitest';
import { homeView } from '../../../src/adapters/slack/home.ts';
import { sampleCommands } from '../../support/commands.ts';

const author = { id: 'U', name: 'alice', isBot: false, roles: [] };

async function text(choices: readonly { value: string; summary: string }[], may: boolean): Promise<string> {
  const host = { commands: sampleCommands, complete: async () => choices, may: () => may };
  return JSON.stringify(await homeView(host, { team: 'T', userId: 'U0TUTTI' }, author, 'D1'));
}

it('shows what runs, whom one can ask and how', async () => {
  const shown = await text([{ value: 'api', summary: 'REST <!channel>' }], true);
  expect(shown).toContain('*@api*  REST &lt;!channel&gt;');
  expect(shown).toContain('Mention <@U0TUTTI>');
  expect(shown).toContain('history   What happened');
});

it('says what is missing', async () => {
  const shown = await text([], false);
  expect(shown).toContain('Nothing that you may see.');
  expect(shown).toContain('You may not ask anybody yet');
});
