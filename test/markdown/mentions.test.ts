import { describe, expect, it } from 'vitest';
import { directPath, findMentions, type MentionTargets, readMentions } from '../../src/markdown/mentions.ts';

const targets: MentionTargets = {
  agents: [
    { name: 'Backend', branches: ['feature-x', 'wip_', 'feature-x/deep', 'fix/v1.2', '修复'] },
    { name: 'My-Agent', branches: [] },
    { name: 'RunMaestro.ai', branches: [] },
    { name: '日本語', branches: [] },
    { name: '日本', branches: [] },
    { name: 'slack', branches: ['main'] },
    { name: 'api', branches: [] },
    { name: 'api.v2', branches: [] },
  ],
  groups: ['everybody-else', 'servers'],
};

/** Mentions as they were meant: `name` or `name/branch`. */
function named(text: string): readonly string[] {
  return findMentions(text, targets).mentions.map(({ name, branch }) => (branch === null ? name : `${name}/${branch}`));
}

function problems(text: string): readonly string[] {
  return findMentions(text, targets).problems.map(
    ({ kind, written, nearest }) => `${kind} ${written}: ${nearest.join(' ')}`,
  );
}

describe('findMentions', () => {
  it.each([
    ['Ask @Backend.', ['Backend']],
    ['@backend', ['Backend']],
    ['@RunMaestro.ai.', ['RunMaestro.ai']],
    ['@Backend… what now', ['Backend']],
    ['@Backend—now', ['Backend']],
    ['@日本語、お願い', ['日本語']],
    ['@日本語お願い', ['日本語']],
    ['@日本の', ['日本']],
    ['问@api看看', ['api']],
    ['@api는 무엇을', ['api']],
    ['@Backend/@My-Agent', ['Backend', 'My-Agent']],
    ['**@Backend** look', ['Backend']],
    ['_@Backend_ look', ['Backend']],
    ['~~@Backend~~ look', ['Backend']],
    ['(@Backend)', ['Backend']],
    ['"@Backend" and \'@api\'', ['Backend', 'api']],
    ["@Backend's tests", ['Backend']],
    ['@Backend: @api; @slack!', ['Backend', 'api', 'slack']],
    ['@api.v2. @api.', ['api.v2', 'api']],
    ['@api_ @api- @api--', ['api', 'api', 'api']],
    ['Fine.@api next', ['api']],
    ['- [ ] ask @api\n- and @slack', ['api', 'slack']],
    ['# for @api', ['api']],
    ['| who |\n| --- |\n| @api |', ['api']],
    ['[@api] is not a link', ['api']],
    ['@servers and @all', ['servers', 'all']],
    ['@ALL', ['all']],
    ['owner=@api', ['api']],
    ['[mail a@example.com, then @api', ['api']],
  ])('finds those in %s', (text, expected) => {
    expect(named(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  it.each([
    'bob@Backend',
    'bob@backend.io',
    'mail <bob@backend.io>',
    'jörg@api',
    '> @Backend said',
    '> quoted\nstill @Backend',
    '`@Backend`',
    '```\n@Backend\n```',
    '~~~ts\n@Backend\n~~~',
    '    @Backend in indented code',
    '[@Backend](https://example.com)',
    '[text](https://example.com/@Backend)',
    'https://example.com/@Backend',
    '<https://example.com/@Backend>',
    '![@Backend](image.png)',
    '[@Backend][link]\n\n[link]: https://example.com',
    '<!-- @Backend -->',
    '<b title="@Backend">bold</b>',
    '\\@Backend',
    '&#64;Backend',
    '@@Backend',
    'node_modules/@slack/web-api',
    'import x from "pkg/@slack"',
    'git@api:path',
    '@api@example',
    '@',
    '@ Backend',
    '@.api',
    'no mention at all',
  ])('finds none in %s', (text) => {
    expect(named(text)).toEqual([]);
  });

  it.each([
    '@Override',
    '@types/node',
    '@scope/package',
    '@param name',
    '@media (min-width: 1px)',
    '@everyone',
    '@here',
    '@channel',
    '@me',
    '@tutti',
  ])('takes %s as text, as no name is near', (text) => {
    expect(findMentions(text, targets)).toEqual({ mentions: [], opensWith: null, problems: [] });
  });

  it.each([
    ['@Backend/feature-x please', ['Backend/feature-x']],
    ['@Backend/feature-x/deep', ['Backend/feature-x/deep']],
    ['@Backend/feature-x.', ['Backend/feature-x']],
    ['@Backend/feature-x、見て', ['Backend/feature-x']],
    ['see @Backend/fix/v1.2, please', ['Backend/fix/v1.2']],
    ['@Backend/修复了吗', ['Backend/修复']],
    ['@Backend/ and more', ['Backend']],
    ['@Backend/wip_ is it', ['Backend/wip_']],
  ])('takes the longest existing worktree in %s', (text, expected) => {
    expect(named(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  it('asks which worktree is meant where the message opens with one that does not exist', () => {
    expect(problems('@Backend/nope look')).toEqual([
      'no-worktree Backend/nope: Backend/feature-x Backend/wip_ Backend/feature-x/deep Backend/fix/v1.2 Backend/修复',
    ]);
    expect(problems('@api/nope look')).toEqual(['no-worktree api/nope: ']);
    expect(named('@Backend/feature-xy look')).toEqual([]);
  });

  it('takes a known agent before a slash as text elsewhere: it is a package', () => {
    expect(findMentions('Does the code use @slack/web-api or @slack/bolt?', targets)).toEqual({
      mentions: [],
      opensWith: null,
      problems: [],
    });
  });

  it.each([
    ['@bakcend look', 'unknown bakcend: Backend'],
    ['@Backendd', 'unknown Backendd: Backend'],
    ['@ap', 'unknown ap: api api.v2'],
    ['@aip', 'unknown aip: api'],
    ['@back, look', 'unknown back: Backend'],
    ['ask @slakc.', 'unknown slakc: slack'],
    ['@server', 'unknown server: servers'],
    ['@bakcend/feature-x', 'unknown bakcend: Backend'],
    ['see @bakcend/feature-x', 'unknown bakcend: Backend'],
    ['@slak/web-api', 'unknown slak: slack'],
  ])('offers near names for %s', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(named(text)).toEqual([]);
  });

  it('takes a misspelled package name in a sentence as text', () => {
    expect(problems('we use @slak/web-api')).toEqual([]);
  });

  it('does not choose between names that differ only in case', () => {
    const twins = {
      agents: [
        { name: 'api', branches: [] },
        { name: 'API', branches: [] },
      ],
      groups: [],
    };
    expect(findMentions('@Api hello', twins).problems).toMatchObject([
      { kind: 'ambiguous', written: 'Api', nearest: ['api', 'API'] },
    ]);
  });

  it('says where each mention stands', () => {
    const text = 'Ask **@Backend/feature-x**, then @slack.';
    const { mentions } = findMentions(text, targets);
    expect(mentions.map(({ start, end }) => text.slice(start, end))).toEqual(['@Backend/feature-x', '@slack']);
  });

  it.each([
    ['@api look', 'api'],
    ['  \n**@api** look', 'api'],
    ['Hello @api', null],
    ['> quoted\n\n@api', null],
    ['@Override @api', null],
  ])('knows whether %s opens with a mention', (text, expected) => {
    expect(findMentions(text, targets).opensWith?.name ?? null).toBe(expected);
  });
});

describe('directPath', () => {
  function direct(text: string): string | null {
    const path = directPath(text, findMentions(text, targets));
    return path && `${path.name}${path.branch === null ? '' : `/${path.branch}`}: ${path.question}`;
  }

  it.each([
    ['@api what is this?', 'api: what is this?'],
    ['@api: what is this?', 'api: what is this?'],
    ['@api, what is this?', 'api: what is this?'],
    ['**@api** what is this?', 'api: what is this?'],
    ['**@api what** is this?', 'api: **what** is this?'],
    ['@api\n\n    indented code', 'api:     indented code'],
    ['@api -v means?', 'api: -v means?'],
    ['@Backend/feature-x. Go', 'Backend/feature-x: Go'],
    ['@api .env is missing', 'api: .env is missing'],
    ['@api：何', 'api: 何'],
    ['@api and again @api', 'api: and again @api'],
    ['@api', 'api: '],
    ['@api compare with `@slack`', 'api: compare with `@slack`'],
  ])('leads from %s to one agent', (text, expected) => {
    expect(direct(text)).toBe(expected);
  });

  it.each([
    'what is this?',
    'ask @api',
    '@api ask @slack',
    '@api and @all',
    '@servers what',
    '@all what',
    '@Backend vs @Backend/feature-x',
    '@api or @bakcend',
  ])('leaves %s to the moderator', (text) => {
    expect(direct(text)).toBeNull();
  });
});

describe('readMentions', () => {
  it('finds the same in a text too long for this thread', async () => {
    const text = `@api ${'words and **more** words. '.repeat(1_000)}\n\n> @slack\n\n@Backend/feature-x`;
    expect(await readMentions(text, targets)).toEqual(findMentions(text, targets));
  });

  it('takes what nobody can parse in time as text, and stops when asked', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(readMentions(`@api ${'*_'.repeat(200_000)}`, targets, stopped)).rejects.toThrow('stopped');
  });
});
