import { expect, it } from 'vitest';
import { homeView } from '../../../src/adapters/slack/home.ts';
import { sampleCommands } from '../../support/commands.ts';

const author = { id: 'U', name: 'alice', isBot: false, roles: [] };

async function shownTo(choices: readonly { value: string; summary: string }[], may: boolean): Promise<string> {
  const host = {
    commands: sampleCommands,
    complete: async () => choices,
    recent: async () => choices.map(({ summary }) => ({ value: 'today', summary })),
    may: () => may,
  };
  return JSON.stringify(await homeView(host, { team: 'T', userId: 'U0TUTTI' }, author, 'D1'));
}

it('shows what runs, whom one can ask and how', async () => {
  const shown = await shownTo([{ value: 'api', summary: 'REST <!channel>' }], true);
  expect(shown).toContain('*@api*  REST &lt;!channel&gt;');
  expect(shown).toContain('*today*  REST');
  expect(shown).toContain('Mention <@U0TUTTI>');
  expect(shown).toContain('history   What happened');
});

it('says what is missing', async () => {
  const shown = await shownTo([], false);
  expect(shown).toContain('Nothing that you may see.');
  expect(shown).toContain('You may not ask anybody yet');
});
