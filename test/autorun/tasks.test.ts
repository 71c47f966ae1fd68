import { describe, expect, it } from 'vitest';
import { countTasks, findTasks, listTasks, mayHoldTasks, tasksIn } from '../../src/autorun/tasks.ts';
import { renderDiscord } from '../../src/markdown/discord.ts';
import { renderSlack } from '../../src/markdown/slack.ts';

/** What stands around the offset of each box. */
function boxes(markdown: string): readonly string[] {
  return tasksIn(markdown).map(({ box }) => markdown.slice(box - 1, box + 2));
}

describe('tasks', () => {
  it.each([
    ['-', '- [ ] one'],
    ['*', '* [ ] one'],
    ['+', '+ [ ] one'],
    ['1.', '1. [ ] one'],
    ['7)', '7) [ ] one'],
    ['a quote', '> - [ ] one'],
    ['a quote in a list in a quote', '> - a\n>   > 1. [ ] one'],
    ['a tab in the box', '- [\t] one'],
    ['a box on the next line', '-\n  [ ] one'],
    ['its text on the next line', '- [ ]\n  one'],
    ['emphasis at once', '- [ ] *one*'],
    ['a heading between lists', '- a\n\n# b\n\n- [ ] one'],
  ])('are found with %s', (_, markdown) => {
    expect(tasksIn(markdown)).toMatchObject([{ text: 'one', done: false }]);
    expect(boxes(markdown)).toHaveLength(1);
    expect(boxes(markdown)[0]).toMatch(/^\[[ \t]\]$/);
  });

  it.each([
    ['fenced code', '```\n- [ ] one\n```'],
    ['fenced code in a list', '- a\n  ~~~\n  - [ ] one\n  ~~~'],
    ['indented code', 'a\n\n    - [ ] one'],
    ['inline code', '- `[ ] one`'],
    ['a paragraph', '[ ] one'],
    ['an HTML comment', '<!--\n- [ ] one\n-->'],
    ['an empty item', '- [ ]'],
    ['a link', '- [x](https://example.org)'],
    ['another letter', '- [y] one'],
    ['a box behind words', '- one [ ] two'],
  ])('are none in %s', (_, markdown) => {
    expect(tasksIn(markdown)).toEqual([]);
  });

  it('stand with their lines, depths and states, whatever the line ends and the first bytes', () => {
    const markdown =
      '\ufeff# Plan\r\n\r\n- [ ] one\r\n- [x] two\r\n  1. [X] three\r\n     more of three\r\n\r\n> * [ ] `four`\r\n';
    expect(tasksIn(markdown)).toEqual([
      { text: 'one', line: 3, box: markdown.indexOf('[ ] one') + 1, done: false, depth: 0 },
      { text: 'two', line: 4, box: markdown.indexOf('[x]') + 1, done: true, depth: 0 },
      { text: 'three more of three', line: 5, box: markdown.indexOf('[X]') + 1, done: true, depth: 1 },
      { text: 'four', line: 8, box: markdown.indexOf('[ ] `') + 1, done: false, depth: 0 },
    ]);
  });

  it('are found by their own box where a text holds more', () => {
    const markdown = '- [x] [ ] two boxes\n- [ ] `[x]` in code';
    expect(boxes(markdown)).toEqual(['[x]', '[ ]']);
  });

  it('are found in large documents off this thread, and in deep ones not at all', async () => {
    const large = '- [ ] a task in *words*\n'.repeat(2_000);
    expect(await findTasks(large)).toHaveLength(2_000);
    expect(await findTasks(`${'> '.repeat(200)}- [ ] one`)).toEqual([]);
    expect(await findTasks('no box')).toEqual([]);
    await expect(findTasks(large, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });

  it('may be told without a parser, too often rather than too seldom', () => {
    for (const markdown of [
      '- [ ] a',
      '> 1. [x] a',
      '-\n  [ ] a',
      '  * [X] a',
      '- - [ ] a',
      '```\n- [ ] a\n```',
      '-  [ ]\n  a',
    ])
      expect(mayHoldTasks(markdown)).toBe(true);
    for (const markdown of ['', 'a [ ] b', '# [x]', '- [y] a', '- [x](y)']) expect(mayHoldTasks(markdown)).toBe(false);
  });
});

describe('the display', () => {
  it('counts them', () => {
    expect(countTasks(tasksIn('- [ ] a'))).toBe('1 task');
    expect(countTasks(tasksIn('- [ ] a\n- [x] b\n- [x] c'))).toBe('3 tasks, 2 done');
  });

  it('lists the first ten, each bounded', () => {
    const tasks = tasksIn(`- [x] ${'long '.repeat(100)}\n${'- [ ] more\n'.repeat(12)}`);
    const lines = listTasks(tasks).split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[0]?.length).toBeLessThan(140);
    expect(lines.at(-1)).toBe('… and 3 more.');
  });

  it('holds nothing live', () => {
    const hostile =
      '- [ ] <!channel> <@U1> @everyone **b** `c` ~~s~~ | [x](https://evil.example) # h &lt;@U2&gt; \u202e\u001b[31m';
    const listed = listTasks(tasksIn(hostile));
    for (const shown of [renderSlack(listed, { limit: 3000 }), renderDiscord(listed, { limit: 2000 })]) {
      expect(shown.join('')).not.toMatch(/<[!@]U|<!channel>(?=.*slack)|\*\*b|https:\/\/evil|@everyone|\u202e|\u001b/);
    }
    expect(renderSlack(listed, { limit: 3000 }).join('')).not.toMatch(/<[!@]/);
    expect(listTasks([{ text: '', line: 1, box: 3, done: false, depth: 0 }])).toBe('- [ ] (without words)');
  });
});
