import { describe, expect, it } from 'vitest';
import { nameFrom, nameProblem } from '../src/names.ts';

describe('nameProblem', () => {
  it.each(['a', 'api', 'API-2', 'my_app.web', '7zip', 'büro', '前端', 'a'.repeat(32)])('takes %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it.each(['', '-api', '.api', '_api', 'a b', 'a/b', '@api', 'api!', 'a\u202eb', 'a'.repeat(33), '__proto__'])(
    'refuses %o and says what a name is',
    (name) => {
      expect(nameProblem(name)).toMatch(/1 to 32 letters, digits/);
    },
  );

  it.each(['tutti', 'all', 'here', 'channel', 'everyone', 'me', 'All', 'TUTTI'])('keeps %s for itself', (name) => {
    expect(nameProblem(name)).toMatch(/reserved/);
  });
});

describe('nameFrom', () => {
  it.each([
    ['api', 'api'],
    ['my api (old)', 'my-api-old'],
    ['.dotfiles', 'dotfiles'],
    ['all', 'all-project'],
    ['', 'project'],
    ['@#!', 'project'],
    ['日本', '日本'],
    ['\u202eevil\x1b[2J', 'evil'],
    ['x'.repeat(50), 'x'.repeat(32)],
  ])('makes of the folder %o a name that is possible: %s', (folder, name) => {
    expect(nameFrom(folder)).toBe(name);
    expect(nameProblem(nameFrom(folder))).toBeNull();
  });
});
