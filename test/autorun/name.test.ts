import { expect, it } from 'vitest';
import { documentName } from '../../src/autorun/name.ts';

const at = '2026-11-25T10:00:00.000Z';

it.each([
  ['plan.md', 'plan.md'],
  ['Plan of the week.markdown', 'Plan-of-the-week.md'],
  ['PLAN.MD', 'PLAN.md'],
  ['v1.2 plan.md', 'v1.2-plan.md'],
  ['../../etc/passwd', 'etc-passwd.md'],
  ['..\\..\\boot.md', 'boot.md'],
  ['.hidden.md', 'hidden.md'],
  ['--force.md', 'force.md'],
  ['a\u0000b\u001b[31m\u202ec.md', 'abc.md'],
  ['<!channel>.md', 'channel.md'],
  ['план.md', 'план.md'],
  ['a..b....md', 'a.b.md'],
])('makes one step of a path of %j', (file, name) => {
  expect(documentName({ file, text: '', at })).toBe(name);
});

it('takes the first heading where the file says nothing, and else the day', () => {
  expect(documentName({ file: null, text: 'words\n\n## Add *OAuth* to the `api` ##\n\n# Later', at })).toBe(
    'Add-OAuth-to-the-api.md',
  );
  expect(documentName({ file: '.md', text: '# ...\n', at })).toBe('2026-11-25.md');
  expect(documentName({ file: null, text: 'no heading', at })).toBe('2026-11-25.md');
});

it('fits into a file name in every script', () => {
  for (const letter of ['a', 'я', '語', '𝒳']) {
    const name = documentName({ file: letter.repeat(500), text: '', at });
    expect(Buffer.byteLength(name)).toBeLessThan(250);
    expect(name).toMatch(/^.{60}\.md$/u);
  }
});
