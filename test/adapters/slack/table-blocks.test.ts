import { describe, expect, it } from 'vitest';
import { tableBlocks } from '../../../src/adapters/slack/table-blocks.ts';
import { renderSlack, slackTables } from '../../../src/markdown/slack.ts';
import { messageProblem } from '../../support/slack/limits.ts';

const table = '| name | **port** |\n| --- | ---: |\n| api | `7341` |\n| [web](https://web.example/) |  |';

function blocksOf(markdown: string, limit = 3_500) {
  const tables = slackTables(markdown);
  return renderSlack(markdown, { limit }).map((text) => ({ text, blocks: tableBlocks(text, tables) }));
}

const text = (value: string, style?: object) => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: value, ...(style === undefined ? {} : { style }) }] },
  ],
});

describe('a table in a message', () => {
  it('is Slack’s own, between what stands around it, and is text as well', () => {
    const [message] = blocksOf(`They listen:\n\n${table}\n\nThat is *all*.`);
    expect(message?.text).toContain('```\nname');
    expect(message?.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: 'They listen:' } },
      {
        type: 'table',
        rows: [
          [text('name', { bold: true }), text('port', { bold: true })],
          [text('api'), text('7341', { code: true })],
          [
            {
              type: 'rich_text',
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://web.example/', text: 'web' }] },
              ],
            },
            text(' '),
          ],
        ],
        column_settings: [
          { align: 'left', is_wrapped: true },
          { align: 'right', is_wrapped: true },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: 'That is _all_.' } },
    ]);
    expect(messageProblem({ text: message?.text, blocks: message?.blocks ?? [] })).toBeNull();
  });

  it('stays text where there are several in a message, where it is too large for one, and in a list', () => {
    expect(blocksOf(`${table}\n\nand\n\n| x |\n| - |\n| y |`).map(({ blocks }) => blocks)).toEqual([null]);
    expect(blocksOf(`${table}\n\nand\n\n${table}`).map(({ blocks }) => blocks)).toEqual([null]);
    const row = (columns: number) => `|${' a |'.repeat(columns)}`;
    const wide = [row(21), `|${' - |'.repeat(21)}`, row(21)].join('\n');
    expect(blocksOf(wide).map(({ blocks }) => blocks)).toEqual([null]);
    const long = ['| a |', '| - |', ...Array.from({ length: 100 }, () => '| b |')].join('\n');
    expect(blocksOf(long).map(({ blocks }) => blocks)).toEqual([null]);
    const split = blocksOf(
      ['| a |', '| - |', ...Array.from({ length: 90 }, () => '| words of a row |')].join('\n'),
      500,
    );
    expect(split.length).toBeGreaterThan(1);
    expect(split.every(({ blocks }) => blocks === null)).toBe(true);
    expect(blocksOf(`- item\n\n  ${table.replaceAll('\n', '\n  ')}`).map(({ blocks }) => blocks)).toEqual([null]);
    expect(blocksOf('no table').map(({ blocks }) => blocks)).toEqual([null]);
  });

  it('mentions nobody', () => {
    const [message] = blocksOf('| <!channel> | <@U0BOB> |\n| - | - |\n| @everyone | `<!here>` |');
    expect(message?.blocks).not.toBeNull();
    expect(JSON.stringify(message)).not.toMatch(/<[@#!]|@(?:here|channel|everyone)/);
  });
});
