import { expect, test } from 'vitest';
import { ansiSvg } from '../../docs/ansi-svg.ts';

function picture(screen: string): string {
  return ansiSvg(screen, { columns: 20, title: 'a screen' });
}

/** The runs of text in the order of the picture, with their attributes. */
function runs(screen: string): readonly { readonly text: string; readonly attributes: Record<string, string> }[] {
  return [...picture(screen).matchAll(/<text ([^>]*)>([^<]*)<\/text>/gu)].map(([, written = '', text = '']) => ({
    text,
    attributes: Object.fromEntries(
      [...written.matchAll(/([\w-]+)="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, value]),
    ),
  }));
}

function texts(screen: string): readonly string[] {
  return runs(screen).map(({ text }) => text);
}

/** The cell that a run begins at. */
function columnOf(run: { readonly attributes: Record<string, string> } | undefined): number {
  return Math.round((Number(run?.attributes.x) - 18) / 8.4);
}

test('colours and weights become attributes of the runs they belong to', () => {
  const [red, plain, bold, dim] = runs('\x1b[31mred\x1b[39m plain \x1b[1mbold\x1b[0m \x1b[2mdim');
  expect(red).toMatchObject({ text: 'red', attributes: { fill: '#ff7b72' } });
  expect(plain?.text.trim()).toBe('plain');
  expect(Object.keys(plain?.attributes ?? {})).toEqual(['x', 'y', 'textLength']);
  expect(bold).toMatchObject({ text: 'bold', attributes: { 'font-weight': '700' } });
  expect(dim).toMatchObject({ text: 'dim', attributes: { 'fill-opacity': '.62' } });
  expect(dim?.attributes['font-weight']).toBeUndefined();
});

test('slanted, underlined and struck text is shown so', () => {
  expect(runs('\x1b[3;4;9mall\x1b[23;24;29m none')).toMatchObject([
    { text: 'all', attributes: { 'font-style': 'italic', 'text-decoration': 'underline line-through' } },
    { text: 'none', attributes: {} },
  ]);
  expect(picture('\x1b[3;4;9mall\x1b[23;24;29m none').match(/text-decoration/gu)).toHaveLength(1);
});

test('a style goes on in the next line until it is ended', () => {
  const [, second, third] = runs('\x1b[36mone\ntwo\x1b[0m\nthree');
  expect(second).toMatchObject({ text: 'two', attributes: { fill: '#39c5cf' } });
  expect(third?.attributes.fill).toBeUndefined();
});

test('bright colours, those of a number and those of three parts are understood', () => {
  const [bright, cube, grey, exact, after] = runs(
    '\x1b[92ma\x1b[38;5;196mb\x1b[38;5;232mc\x1b[38;2;1;2;3md\x1b[39me',
  ).map(({ attributes }) => attributes.fill);
  expect([bright, cube, grey, exact, after]).toEqual([
    '#56d364',
    'rgb(255,0,0)',
    'rgb(8,8,8)',
    'rgb(1,2,3)',
    undefined,
  ]);
  // The number of a colour is no code of its own: 5 would blink, 1 be bold.
  expect(picture('\x1b[38;5;1mx')).not.toContain('font-weight');
});

test('a background is a box behind its cells, and reverse text changes places with it', () => {
  expect(picture('ab\x1b[44mcd')).toContain('<rect x="34.8" y="18" width="16.8" height="19" fill="#58a6ff"/>');
  const reversed = picture('\x1b[7mab\x1b[27mc');
  expect(reversed).toContain('<rect x="18" y="18" width="16.8" height="19" fill="#e6edf3"/>');
  expect(runs('\x1b[7mab\x1b[27mc')[0]?.attributes.fill).toBe('#0d1117');
});

test('links and every other sequence are dropped, their text stays', () => {
  expect(
    texts('\x1b]8;;file:///secret/place\x1b\\here\x1b]8;;\x1b\\\x1b[K\x1b(B\x0f\x1b]0;title\x07 and\x1b[?25l on'),
  ).toEqual(['here and on']);
  expect(picture('\x1b]8;;file:///secret/place\x07here\x1b]8;;\x07')).not.toContain('secret');
});

test('what XML would take for its own is escaped, in the title too', () => {
  expect(texts('a <b> & "c"')).toEqual(['a &lt;b&gt; &amp; "c"']);
  expect(ansiSvg('x', { columns: 1, title: 'a < b & c' })).toContain('<title>a &lt; b &amp; c</title>');
});

test('wide letters take two cells, and what follows stands behind them', () => {
  const found = runs('a漢字 👩‍👩‍👧 z');
  expect(found.map(({ text }) => text.trim())).toEqual(['a', '漢', '字', '👩‍👩‍👧', 'z']);
  expect(found.map((run) => columnOf(run))).toEqual([0, 1, 3, 6, 9]);
});

test('what stands in columns begins at its cell whatever the font', () => {
  const found = runs('name   value\n  a b');
  expect(found.map(({ text }) => text.trim())).toEqual(['name', 'value', 'a b']);
  expect(found.map((run) => columnOf(run) + (run.text.length - run.text.trimStart().length))).toEqual([0, 7, 2]);
  expect(found[0]?.attributes.textLength).toBe('33.6');
});

test('blank lines at the end are left out, those at the beginning and between are not', () => {
  expect(picture('\none\n\ntwo\n\n  \n\n')).toBe(picture('\none\n\ntwo'));
  expect(runs('\none\n\ntwo').map(({ attributes }) => attributes.y)).toEqual(['51', '89']);
  expect(picture('\none\n\ntwo')).toContain('height="112"');
});

test('lines above the first that is wanted are left out, what they set goes on', () => {
  const cut = ansiSvg('one\n\x1b[36mtwo\nthree', { columns: 20, title: 'a screen', firstLine: 2 });
  expect(cut).toBe(picture('\x1b[36mthree'));
});
